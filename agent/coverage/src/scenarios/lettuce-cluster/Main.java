import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import java.util.concurrent.TimeUnit;

/** Keys on every node; a command for several keys is one to each node that has any. */
public final class Main {
    public static void main(String[] args) throws Exception {
        RedisClusterClient client = RedisClusterClient.create(
                RedisURI.create(System.getProperty("redis.host"), Integer.getInteger("redis.port")));
        try (StatefulRedisClusterConnection<String, String> connection = client.connect()) {
            RedisAdvancedClusterCommands<String, String> redis = connection.sync();
            for (int i = 0; i < 30; i++) {
                redis.set("user:" + i, "v" + i);
            }
            StringBuilder values = new StringBuilder();
            for (int i = 20; i < 40; i++) {
                values.append(redis.get("user:" + i)).append(' ');
                connection.async().get("user:" + i).get();
                connection.reactive().get("user:" + i).block();
            }
            System.out.println(values);
            System.out.println("mget " + redis.mget("{a}:1", "{a}:2"));
        }
        client.shutdown(0, 2, TimeUnit.SECONDS);
        Expect.count("db.client.operation.duration", 30, "db.operation.name=SET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 60, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 1, "db.operation.name=MGET");
        Expect.sum("cache.gets", 30, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", 30, "cache=user:{id}", "result=miss");
    }
}
