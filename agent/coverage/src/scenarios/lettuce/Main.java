import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The three ways to call, flushing by hand, a transaction, a blocking command, messages, an error and a slow server. */
public final class Main {
    public static void main(String[] args) throws Exception {
        RedisClient client = RedisClient.create(RedisURI.create(Server.HOST, Server.PORT));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            keys(connection);
            aggregates(connection.sync());
            flushedByHand(connection);
            transaction(connection.sync());
            asking(connection);
            System.out.println("blpop " + connection.sync().blpop(1, "queue:1"));
            messages(client, connection.sync());
            try {
                connection.sync().incr("profile:1");
            } catch (RedisCommandExecutionException refused) {
                System.out.println(refused.getMessage());
            }
        }
        client.shutdown(0, 2, TimeUnit.SECONDS);
        slow();
        expect();
    }

    private static void keys(StatefulRedisConnection<String, String> connection) throws Exception {
        long hits = Server.hits();
        long misses = Server.misses();
        RedisCommands<String, String> redis = connection.sync();
        redis.set("user:1", "");
        System.out.println("get " + redis.get("user:1") + redis.get("user:2"));
        System.out.println("async " + connection.async().get("user:1").get());
        System.out.println("reactive " + connection.reactive().get("user:1").block());
        List<KeyValue<String, String>> read =
                connection.reactive().mget("user:1", "user:2", "user:3").collectList().block();
        System.out.println("mget " + read);
        System.out.println("exists " + redis.exists("user:1", "user:2"));
        Expect.sum("cache.gets", Server.hits() - hits + 6 + 1, "cache=user:{id}", "result=hit");
        Expect.sum("cache.gets", Server.misses() - misses + 4 + 1, "cache=user:{id}", "result=miss");
    }

    private static void aggregates(RedisCommands<String, String> redis) {
        redis.hset("profile:1", "name", "x");
        System.out.println("hget " + redis.hget("profile:1", "none") + redis.hgetall("profile:1"));
        System.out.println("hmget " + redis.hmget("profile:1", "name", "none"));
        redis.sadd("tags:1", "a");
        System.out.println("sismember " + redis.sismember("tags:1", "a") + redis.sismember("tags:1", "b"));
    }

    /** user: 6 hits, 4 misses, none of them 300 ms long. */
    private static void flushedByHand(StatefulRedisConnection<String, String> connection) throws Exception {
        RedisAsyncCommands<String, String> redis = connection.async();
        connection.setAutoFlushCommands(false);
        List<RedisFuture<String>> gets = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            gets.add(redis.get(i < 6 ? "user:1" : "user:99"));
        }
        TimeUnit.MILLISECONDS.sleep(300);
        connection.flushCommands();
        StringBuilder values = new StringBuilder("flushed ");
        for (RedisFuture<String> get : gets) {
            values.append(get.get(5, TimeUnit.SECONDS)).append(' ');
        }
        connection.setAutoFlushCommands(true);
        System.out.println(values);
    }

    /** user: 1 hit, 1 miss. */
    private static void transaction(RedisCommands<String, String> redis) {
        redis.multi();
        redis.get("user:1");
        redis.get("user:99");
        System.out.println("exec " + redis.exec().size());
    }

    /** Every way to ask, within one request, whose account knows of each once; 4 hits, 1 miss. */
    private static void asking(StatefulRedisConnection<String, String> connection) throws Exception {
        connection.sync().set("asked:1", "x");
        Asking.request("/asking", () -> {
            RedisFuture<String> first = connection.async().get("asked:1");
            RedisFuture<String> second = connection.async().get("asked:99");
            System.out.println("asked " + first.get() + second.get());
            System.out.println("asked " + connection.reactive().get("asked:1").block() + connection.sync().get("asked:1"));
            connection.sync().multi();
            connection.async().get("asked:1");
            System.out.println("asked " + connection.sync().exec().size());
        });
        Asking.expect("/asking", 4 + 3, 4 + 1, 4, 1);
    }

    private static void messages(RedisClient client, RedisCommands<String, String> redis) throws Exception {
        CountDownLatch subscribed = new CountDownLatch(1);
        CountDownLatch come = new CountDownLatch(2);
        try (StatefulRedisPubSubConnection<String, String> listening = client.connectPubSub()) {
            listening.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void subscribed(String channel, long count) {
                    subscribed.countDown();
                }

                @Override
                public void message(String channel, String message) {
                    come.countDown();
                }
            });
            listening.sync().subscribe("news");
            subscribed.await(10, TimeUnit.SECONDS);
            TimeUnit.MILLISECONDS.sleep(300);
            redis.publish("news", "a");
            redis.publish("news", "b");
            System.out.println("messages " + come.await(10, TimeUnit.SECONDS));
        }
    }

    private static void slow() throws Exception {
        long[][] seen = new long[3][5];
        RedisClient client = RedisClient.create(RedisURI.create(Server.HOST, Server.slowPort()));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            for (int i = 0; i < seen[0].length; i++) {
                long begin = System.nanoTime();
                connection.sync().get("sync:1");
                long first = System.nanoTime();
                connection.async().get("async:1").get();
                long second = System.nanoTime();
                connection.reactive().get("reactive:1").block();
                seen[0][i] = first - begin;
                seen[1][i] = second - first;
                seen[2][i] = System.nanoTime() - second;
            }
        }
        client.shutdown(0, 2, TimeUnit.SECONDS);
        List<String> ways = List.of("sync", "async", "reactive");
        for (String way : ways) {
            Expect.count(Server.TIMED, 5, "db.operation.name=GET", "headroom.key.pattern=" + way + ":{id}");
            Expect.slow(Server.TIMED, seen[ways.indexOf(way)], "headroom.key.pattern=" + way + ":{id}");
        }
    }

    private static void expect() throws Exception {
        Server.timedAsCounted("MGET", "EXISTS", "HSET", "HGET", "HGETALL", "HMGET", "SADD", "SISMEMBER", "MULTI", "PUBLISH");
        Server.untimedAsCounted("EXEC", "BLPOP", "SUBSCRIBE");
        Expect.count(Server.TIMED, 4 + 10, "db.operation.name=GET", "headroom.key.pattern=user:{id}", "error.type=");
        Expect.sum(Server.UNTIMED, 2, "db.operation.name=GET", "headroom.key.pattern=user:{id}");
        Expect.count(Server.TIMED, 1, "db.operation.name=INCR", "error.type=WRONGTYPE");
        Expect.count("headroom.redis.blocking.wait", 1, "db.operation.name=BLPOP", "headroom.key.pattern=queue:{id}");
        Expect.none("headroom.redis.blocking.wait", "db.operation.name=SUBSCRIBE");
        Expect.sum("cache.gets", 2, "cache=profile:{id}", "result=hit");
        Expect.sum("cache.gets", 2, "cache=profile:{id}", "result=miss");
        Expect.sum("cache.gets", 1, "cache=tags:{id} (membership)", "result=hit");
        Expect.sum("cache.gets", 1, "cache=tags:{id} (membership)", "result=miss");
    }
}
