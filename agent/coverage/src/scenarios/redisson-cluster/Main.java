import org.redisson.Redisson;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Keys on every node of a real cluster; a batch is one round trip to each of them. */
public final class Main {
    public static void main(String[] args) throws Exception {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useClusterServers()
                .addNodeAddress("redis://" + System.getProperty("redis.host") + ":" + System.getProperty("redis.port"))
                .setMasterConnectionMinimumIdleSize(1)
                .setMasterConnectionPoolSize(4)
                .setSlaveConnectionMinimumIdleSize(1)
                .setSlaveConnectionPoolSize(4)
                .setSubscriptionConnectionMinimumIdleSize(1);
        RedissonClient redis = Redisson.create(config);
        for (int i = 0; i < 30; i++) {
            redis.getBucket("user:" + i).set("v" + i);
        }
        StringBuilder values = new StringBuilder();
        for (int i = 20; i < 40; i++) {
            values.append(redis.getBucket("user:" + i).get()).append(' ');
            redis.getBucket("user:" + i).getAsync().get();
        }
        System.out.println(values);
        RBatch batch = redis.createBatch();
        for (int i = 0; i < 30; i++) {
            batch.getBucket("user:" + i).getAsync();
        }
        System.out.println("batch " + batch.execute().getResponses());
        redis.shutdown();
        Expect.count("db.client.operation.duration", 30, "db.operation.name=SET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 40, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.sum("headroom.redis.untimed", 30, "db.operation.name=GET", "headroom.key.pattern=user:{id}");
        Expect.count("db.client.operation.duration", 3, "db.operation.name=PIPELINE");
        Expect.sum("cache.gets", 50, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", 20, "cache=user:{id}", "result=miss");
    }
}
