import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Nil, pushed messages, errors, redirections, calls given up, and a connection that ends within a reply. */
public final class Main {
    private static final String TIMED = "db.client.operation.duration";
    private static final String UNTIMED = "headroom.redis.untimed";

    public static void main(String[] args) throws Exception {
        RedisURI uri = RedisURI.create(System.getProperty("redis.host"), Integer.getInteger("redis.port"));
        RedisClient client = RedisClient.create(uri);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            System.out.println("nil " + connection.sync().get("nil:1"));
            System.out.println("mget " + connection.sync().mget("user:1", "nil:1"));
            System.out.println("push " + connection.sync().get("push:1"));
            try {
                connection.sync().get("error:1");
            } catch (RedisCommandExecutionException refused) {
                System.out.println(refused.getMessage());
            }
            givenUp(connection);
        }
        client.setOptions(ClientOptions.builder().autoReconnect(false).build());
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().get("broken:1");
        } catch (RedisException broken) {
            System.out.println("broken");
        }
        client.shutdown(0, 2, TimeUnit.SECONDS);
        RedisClusterClient cluster = RedisClusterClient.create(uri);
        try (StatefulRedisClusterConnection<String, String> connection = cluster.connect()) {
            System.out.println("moved " + connection.sync().get("moved:1"));
            System.out.println("ask " + connection.sync().get("ask:1"));
        }
        cluster.shutdown(0, 2, TimeUnit.SECONDS);
        expect();
    }

    private static void givenUp(StatefulRedisConnection<String, String> connection) throws Exception {
        RedisFuture<String> cancelled = connection.async().get("late:1");
        TimeUnit.MILLISECONDS.sleep(100);
        System.out.println("cancelled " + cancelled.cancel(true));
        connection.setTimeout(Duration.ofMillis(100));
        try {
            connection.sync().get("late:2");
        } catch (RedisCommandTimeoutException late) {
            System.out.println("timed out");
        }
        connection.setTimeout(Duration.ofSeconds(10));
        System.out.println("after " + connection.sync().get("user:1"));
    }

    private static void expect() {
        Expect.count(TIMED, 1, "headroom.key.pattern=nil:{id}", "db.operation.name=GET", "error.type=");
        Expect.sum("cache.gets", 1, "cache=nil:{id}", "result=miss");
        Expect.none("cache.gets", "cache=nil:{id}", "result=hit");
        Expect.count(TIMED, 1, "headroom.key.pattern=user:{id}", "db.operation.name=MGET");
        Expect.sum("cache.gets", 1, "cache=user:{id}", "result=miss");
        Expect.sum("cache.gets", 2, "cache=user:{id}", "result=hit");
        Expect.count(TIMED, 1, "headroom.key.pattern=push:{id}", "error.type=");
        Expect.sum("cache.gets", 1, "cache=push:{id}", "result=hit");
        Expect.count(TIMED, 1, "headroom.key.pattern=error:{id}", "error.type=WRONGTYPE");
        Expect.none("cache.gets", "cache=error:{id}");
        Expect.count(TIMED, 1, "headroom.key.pattern=late:{id}", "error.type=java.util.concurrent.CancellationException");
        Expect.count(TIMED, 2, "db.operation.name=GET", "headroom.key.pattern=late:{id}");
        Expect.count(TIMED, 1, "error.type=io.lettuce.core.RedisCommandTimeoutException", "headroom.key.pattern=late:{id}");
        Expect.none("cache.gets", "cache=late:{id}");
        Expect.none("cache.gets", "cache=broken:{id}");
        for (String key : new String[] {"moved", "ask"}) {
            Expect.count(TIMED, 1, "headroom.key.pattern=" + key + ":{id}");
            Expect.count(TIMED, 1, "headroom.key.pattern=" + key + ":{id}", "error.type=");
            Expect.sum(UNTIMED, 1, "headroom.key.pattern=" + key + ":{id}", "error.type=" + key.toUpperCase());
            Expect.sum("cache.gets", 1, "cache=" + key + ":{id}", "result=hit");
        }
    }
}
