import java.util.Collections;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisSentinelPool;

/** A master that Sentinel names: commands to it are counted once, by the connection that has them. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        String sentinel = System.getProperty("sentinel.host") + ":" + System.getProperty("sentinel.port");
        StringBuilder values = new StringBuilder();
        try (JedisSentinelPool pool =
                new JedisSentinelPool(System.getProperty("sentinel.master"), Collections.singleton(sentinel))) {
            for (int i = 0; i < 30; i++) {
                try (Jedis redis = pool.getResource()) {
                    redis.set("user:" + i, "v" + i);
                }
            }
            for (int i = 20; i < 40; i++) {
                try (Jedis redis = pool.getResource()) {
                    values.append(redis.get("user:" + i)).append(' ');
                }
            }
        }
        System.out.println(values);
        Expect.count("db.client.operation.duration", 30, "db.operation.name=SET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 20, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.sum("cache.gets", 10, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", 10, "cache=user:{id}", "result=miss");
    }
}
