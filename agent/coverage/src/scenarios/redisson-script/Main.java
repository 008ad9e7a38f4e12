import java.util.TreeMap;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Nil, errors, redirections, calls given up, and a connection that ends within a reply. */
public final class Main {
    private static final String TIMED = "db.client.operation.duration";
    private static final String UNTIMED = "headroom.redis.untimed";
    private static final String ADDRESS =
            "redis://" + System.getProperty("redis.host") + ":" + System.getProperty("redis.port");

    public static void main(String[] args) throws Exception {
        RedissonClient redis = single(3000);
        System.out.println("nil " + redis.getBucket("nil:1").get());
        System.out.println("mget " + new TreeMap<>(redis.getBuckets().get("user:1", "nil:1")));
        try {
            redis.getBucket("error:1").get();
        } catch (RedisException refused) {
            System.out.println(refused.getMessage().split(" ")[0]);
        }
        redis.shutdown();
        RedissonClient impatient = single(200);
        try {
            impatient.getBucket("late:1").get();
        } catch (RedisTimeoutException late) {
            System.out.println("timed out");
        }
        impatient.shutdown();
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useClusterServers()
                .addNodeAddress(ADDRESS)
                .setMasterConnectionMinimumIdleSize(1)
                .setMasterConnectionPoolSize(4)
                .setSlaveConnectionMinimumIdleSize(1)
                .setSlaveConnectionPoolSize(4)
                .setSubscriptionConnectionMinimumIdleSize(1);
        RedissonClient cluster = Redisson.create(config);
        System.out.println("ask " + cluster.getBucket("ask:1").get());
        System.out.println("moved " + cluster.getBucket("moved:1").get());
        cluster.shutdown();
        expect();
    }

    /** Gives up after so many milliseconds and does not try again. */
    private static RedissonClient single(int timeoutMillis) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useSingleServer()
                .setAddress(ADDRESS)
                .setTimeout(timeoutMillis)
                .setRetryAttempts(0)
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(2)
                .setSubscriptionConnectionMinimumIdleSize(1);
        return Redisson.create(config);
    }

    private static void expect() {
        Expect.count(TIMED, 1, "headroom.key.pattern=nil:{id}", "db.operation.name=GET", "error.type=");
        Expect.sum("cache.gets", 1, "cache=nil:{id}", "result=miss");
        Expect.count(TIMED, 1, "headroom.key.pattern=user:{id}", "db.operation.name=MGET");
        Expect.sum("cache.gets", 1, "cache=user:{id}", "result=miss");
        Expect.sum("cache.gets", 1, "cache=user:{id}", "result=hit");
        Expect.count(TIMED, 1, "headroom.key.pattern=error:{id}", "error.type=WRONGTYPE");
        Expect.none("cache.gets", "cache=error:{id}");
        Expect.count(TIMED, 1, "headroom.key.pattern=late:{id}");
        Expect.count(TIMED, 1, "headroom.key.pattern=late:{id}", "error.type=org.redisson.client.RedisResponseTimeoutException");
        Expect.none("cache.gets", "cache=late:{id}");
        for (String key : new String[] {"moved", "ask"}) {
            Expect.count(TIMED, 1, "headroom.key.pattern=" + key + ":{id}");
            Expect.count(TIMED, 1, "headroom.key.pattern=" + key + ":{id}", "error.type=");
            Expect.sum(UNTIMED, 1, "headroom.key.pattern=" + key + ":{id}", "error.type=" + key.toUpperCase());
            Expect.sum("cache.gets", 1, "cache=" + key + ":{id}", "result=hit");
        }
    }
}
