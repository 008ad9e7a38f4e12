import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Redisson. */
final class Client implements AutoCloseable {
    private final RedissonClient redis = Redisson.create(config());

    private static Config config() {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useSingleServer()
                .setAddress("redis://" + System.getProperty("redis.host") + ":" + System.getProperty("redis.port"))
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(2)
                .setSubscriptionConnectionMinimumIdleSize(1);
        return config;
    }

    void set(String key, String value) {
        redis.getBucket(key).set(value);
        System.out.println("OK");
    }

    void set(String key, String value, int seconds) {
        redis.getBucket(key).set(value, seconds, TimeUnit.SECONDS);
        System.out.println("OK");
    }

    void expire(String key, int seconds) {
        System.out.println(redis.getBucket(key).expire(seconds, TimeUnit.SECONDS));
    }

    String get(String key) {
        return redis.<String>getBucket(key).get();
    }

    @Override
    public void close() {
        redis.shutdown();
    }
}
