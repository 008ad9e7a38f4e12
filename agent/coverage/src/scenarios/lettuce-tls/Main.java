import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.TimeUnit;

/** A server that speaks TLS and knows its users; nobody's password is told. */
public final class Main {
    public static void main(String[] args) throws Exception {
        RedisClient client = RedisClient.create(RedisURI.builder()
                .withHost(System.getProperty("redis.host"))
                .withPort(Integer.getInteger("redis.port"))
                .withSsl(true)
                .withAuthentication(System.getProperty("redis.user"), System.getProperty("redis.password"))
                .build());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().set("user:1", "x");
            System.out.println("get " + connection.sync().get("user:1") + connection.async().get("user:2").get());
        }
        client.shutdown(0, 2, TimeUnit.SECONDS);
        Expect.count("db.client.operation.duration", 1, "db.operation.name=SET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.count("db.client.operation.duration", 2, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.none("db.client.operation.duration", "db.operation.name=AUTH", "headroom.key.pattern=shop");
        Expect.sum("cache.gets", 1, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", 1, "cache=user:{id}", "result=miss");
    }
}
