import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.TimeUnit;

/** Lettuce. */
final class Client implements AutoCloseable {
    private final RedisClient client = RedisClient.create(
            RedisURI.create(System.getProperty("redis.host"), Integer.getInteger("redis.port")));
    private final StatefulRedisConnection<String, String> connection = client.connect();

    void set(String key, String value) {
        System.out.println(connection.sync().set(key, value));
    }

    /** One of each way. */
    void set(String key, String value, int seconds) {
        System.out.println(
                value.length() > 100
                        ? connection.sync().set(key, value, SetArgs.Builder.ex(seconds).nx())
                        : connection.sync().psetex(key, seconds * 1000L, value));
    }

    void expire(String key, int seconds) {
        System.out.println(connection.sync().expire(key, seconds));
    }

    String get(String key) {
        return connection.sync().get(key);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
