import java.util.Collections;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisCluster;

/** Keys on every node of a real cluster. */
public final class Main {
    public static void main(String[] args) throws Exception {
        try (JedisCluster redis = new JedisCluster(Collections.singleton(
                new HostAndPort(System.getProperty("redis.host"), Integer.getInteger("redis.port"))))) {
            for (int i = 0; i < 30; i++) {
                redis.set("user:" + i, "v" + i);
            }
            StringBuilder values = new StringBuilder();
            for (int i = 20; i < 40; i++) {
                values.append(redis.get("user:" + i)).append(' ');
            }
            System.out.println(values);
            System.out.println("mget " + redis.mget("{a}:1", "{a}:2"));
        }
        Expect.count("db.client.operation.duration", 30, "db.operation.name=SET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 20, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 1, "db.operation.name=MGET");
        Expect.sum("cache.gets", 10, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", 10, "cache=user:{id}", "result=miss");
    }
}
