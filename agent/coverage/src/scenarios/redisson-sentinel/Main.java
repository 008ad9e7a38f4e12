import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;

/** A master that Sentinel names: commands to it are counted once. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useSentinelServers()
                .setMasterName(System.getProperty("sentinel.master"))
                .addSentinelAddress("redis://" + System.getProperty("sentinel.host") + ":"
                        + System.getProperty("sentinel.port"))
                .setCheckSentinelsList(false)
                .setReadMode(ReadMode.MASTER)
                .setMasterConnectionMinimumIdleSize(1)
                .setMasterConnectionPoolSize(4)
                .setSubscriptionConnectionMinimumIdleSize(1);
        RedissonClient redis = Redisson.create(config);
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            redis.getBucket("user:" + i).set("v" + i);
        }
        for (int i = 20; i < 40; i++) {
            values.append(redis.getBucket("user:" + i).get()).append(' ');
            redis.getBucket("user:" + i).getAsync().get();
        }
        System.out.println(values);
        redis.shutdown();
        Expect.count("db.client.operation.duration", 30, "db.operation.name=SET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 40, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.sum("cache.gets", 20, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", 20, "cache=user:{id}", "result=miss");
    }
}
