import java.net.URI;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** A server that speaks TLS and knows its users; nobody's password is told. */
public final class Main {
    public static void main(String[] args) throws Exception {
        URI uri = new URI("rediss://" + System.getProperty("redis.host") + ":" + System.getProperty("redis.port"));
        try (Jedis redis = new Jedis(uri)) {
            redis.auth(System.getProperty("redis.user"), System.getProperty("redis.password"));
            redis.set("user:1", "x");
            System.out.println("get " + redis.get("user:1") + redis.get("user:2"));
        }
        try (Jedis redis = new Jedis(uri)) {
            redis.get("user:1");
        } catch (JedisDataException refused) {
            System.out.println(refused.getMessage());
        }
        Expect.count("db.client.operation.duration", 1, "db.operation.name=SET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 2, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 1, "db.operation.name=GET", "error.type=NOAUTH");
        Expect.count("db.client.operation.duration", 1, "db.operation.name=AUTH", "headroom.key.pattern=");
        Expect.sum("cache.gets", 1, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", 1, "cache=user:{id}", "result=miss");
    }
}
