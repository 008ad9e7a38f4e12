import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.TimeUnit;

/** A master that Sentinel names: commands to it are counted once, in each way to ask. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        RedisClient client = RedisClient.create(RedisURI.Builder.sentinel(
                        System.getProperty("sentinel.host"),
                        Integer.getInteger("sentinel.port"),
                        System.getProperty("sentinel.master"))
                .build());
        StringBuilder values = new StringBuilder();
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            for (int i = 0; i < 30; i++) {
                connection.sync().set("user:" + i, "v" + i);
            }
            for (int i = 20; i < 40; i++) {
                values.append(connection.sync().get("user:" + i)).append(' ');
                connection.async().get("user:" + i).get();
                connection.reactive().get("user:" + i).block();
            }
        }
        System.out.println(values);
        client.shutdown(0, 2, TimeUnit.SECONDS);
        Expect.count("db.client.operation.duration", 30, "db.operation.name=SET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 60, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.sum("cache.gets", 30, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", 30, "cache=user:{id}", "result=miss");
    }
}
