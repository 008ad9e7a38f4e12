import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** Jedis. */
final class Client implements AutoCloseable {
    private final Jedis redis = new Jedis(System.getProperty("redis.host"), Integer.getInteger("redis.port"));

    void set(String key, String value) {
        System.out.println(redis.set(key, value));
    }

    /** One of each way. */
    void set(String key, String value, int seconds) {
        System.out.println(
                value.length() > 100
                        ? redis.set(key, value, SetParams.setParams().px(seconds * 1000L))
                        : redis.setex(key, seconds, value));
    }

    void expire(String key, int seconds) {
        System.out.println(redis.expire(key, seconds));
    }

    String get(String key) {
        return redis.get(key);
    }

    @Override
    public void close() {
        redis.close();
    }
}
