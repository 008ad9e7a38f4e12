package dev.headroom.core.hook.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.RequestScope;
import dev.headroom.core.record.Window;
import dev.headroom.harness.LocalWeaving;
import dev.headroom.harness.Recorded;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.embedded.RedisServer;

/** Every major version of Jedis against a real Redis, whose own statistics are the measure. */
class JedisHookIT {
    private static RedisServer server;
    private static int port;

    @BeforeAll
    static void startRedis() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .build();
        server.start();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.0", "2.10.2", "3.10.0", "4.4.8", "5.2.0", "7.5.3", "8.0.2"})
    void countsWhatTheServerCounts(String version) throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(JedisClient.jars(version), List.of(JedisHook::new));
                RawRedis raw = new RawRedis(port)) {
            raw.ask("FLUSHALL");
            raw.ask("CONFIG RESETSTAT");
            try (JedisClient jedis = client(weaving)) {
                readAndWrite(jedis);
                pipeline(jedis);
                transaction(jedis);
                jedis.call("blpop", 1, new String[] {"queue:none"});
            }
            Recorded recorded = weaving.window();

            assertThat(commands(recorded)).isEqualTo(raw.commandStatistics());
            assertThat(recorded.count(Metric.DB_DURATION, operation("PIPELINE")))
                    .isGreaterThanOrEqualTo(1)
                    .isLessThanOrEqualTo(2);
            assertThat(recorded.count(Metric.DB_DURATION, operation("MULTI"))).isEqualTo(1);
            assertThat(recorded.count(Metric.DB_DURATION, operation("GET"))).isEqualTo(3);
            assertThat(recorded.value(Metric.REDIS_UNTIMED, operation("GET"))).isEqualTo(12);
            assertThat(recorded.count(
                            Metric.DB_DURATION,
                            Map.of(Attribute.DB_OPERATION, "INCR", Attribute.ERROR_TYPE, "WRONGTYPE")))
                    .isEqualTo(1);
            assertThat(recorded.count(Metric.DB_DURATION, operation("BLPOP"))).isZero();
            assertThat(slowest(recorded, Metric.REDIS_BLOCKING_WAIT)).isBetween(0.9, 3.0);

            assertThat(lookups(recorded, "user:{id}", "hit")).isEqualTo(2 + 1 + 1 + 6 + 1);
            assertThat(lookups(recorded, "user:{id}", "miss")).isEqualTo(1 + 2 + 1 + 4 + 1);
            assertThat(lookups(recorded, "profile:{id}", "hit")).isEqualTo(1 + 1);
            assertThat(lookups(recorded, "profile:{id}", "miss")).isEqualTo(1 + 1);
            assertThat(lookups(recorded, "list:{id}", "hit")).isEqualTo(1);
            assertThat(lookups(recorded, "tags:{id} (membership)", "hit")).isEqualTo(1);
            assertThat(lookups(recorded, "tags:{id} (membership)", "miss")).isEqualTo(1);
            assertThat(recorded.value(Metric.CACHE_GETS)).isEqualTo(11 + 9 + 2 + 2 + 1 + 2);
        }
    }

    /** user: 2 + 1 + 1 hits, 1 + 2 + 1 misses; profile: 1 + 1 hits, 1 + 1 misses; list: 1 hit; membership: 1 and 1. */
    private static void readAndWrite(JedisClient jedis) throws Exception {
        jedis.call("set", "user:1", "");
        jedis.call("get", "user:1");
        jedis.call("get", "user:1");
        jedis.call("get", "user:2");
        jedis.call("mget", (Object) new String[] {"user:1", "user:2", "user:3"});
        jedis.call("exists", (Object) new String[] {"user:1", "user:2"});
        jedis.call("hset", "profile:1", "name", "x");
        jedis.call("hmget", "profile:1", new String[] {"name", "none"});
        jedis.call("hgetAll", "profile:1");
        jedis.call("hgetAll", "profile:2");
        jedis.call("rpush", "list:1", new String[] {"a", "b"});
        jedis.call("lrange", "list:1", 0L, -1L);
        jedis.call("lrange", "list:1", 0L, 0L);
        jedis.call("sadd", "tags:1", new String[] {"a"});
        jedis.call("sismember", "tags:1", "a");
        jedis.call("sismember", "tags:1", "b");
        assertThatThrownBy(() -> jedis.call("incr", "list:1")).hasMessageContaining("WRONGTYPE");
    }

    /** user: 6 hits, 4 misses. */
    private static void pipeline(JedisClient jedis) throws Exception {
        Object pipeline = jedis.call("pipelined");
        for (int i = 0; i < 10; i++) {
            JedisClient.on(pipeline, "set", "other:" + i, "x");
            JedisClient.on(pipeline, "get", i < 6 ? "user:1" : "user:99");
        }
        JedisClient.on(pipeline, "sync");
    }

    /** user: 1 hit, 1 miss. */
    private static void transaction(JedisClient jedis) throws Exception {
        Object transaction = jedis.call("multi");
        JedisClient.on(transaction, "get", "user:1");
        JedisClient.on(transaction, "set", "other:1", "y");
        JedisClient.on(transaction, "get", "user:99");
        JedisClient.on(transaction, "exec");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.0", "3.10.0", "4.4.8", "8.0.2"})
    void timesUntilTheReply(String version) throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(JedisClient.jars(version), List.of(JedisHook::new));
                RawRedis raw = new RawRedis(port);
                JedisClient jedis = client(weaving)) {
            jedis.call("get", "warm");
            weaving.window();
            raw.send("DEBUG SLEEP 0.3");
            TimeUnit.MILLISECONDS.sleep(50);
            jedis.call("get", "user:1");
            raw.reply();
            assertThat(slowest(weaving.window(), Metric.DB_DURATION)).isBetween(0.15, 2.0);

            raw.send("DEBUG SLEEP 0.3");
            TimeUnit.MILLISECONDS.sleep(50);
            pipeline(jedis);
            raw.reply();
            Recorded piped = weaving.window();
            assertThat(piped.count(Metric.DB_DURATION)).isEqualTo(1);
            assertThat(slowest(piped, Metric.DB_DURATION)).isBetween(0.15, 2.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.0", "3.10.0", "4.4.8", "5.2.0", "8.0.2"})
    void aBrokenConnectionFailsItsCallAndNoOther(String version) throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(JedisClient.jars(version), List.of(JedisHook::new));
                ServerSocket dying = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> closeAtTheFirstGet(dying));
            JedisClient jedis = new JedisClient(weaving.load("redis.clients.jedis.Jedis"), dying.getLocalPort());
            assertThatThrownBy(() -> jedis.call("get", "user:1")).isInstanceOf(RuntimeException.class);
            served.get(10, TimeUnit.SECONDS);
            jedis.close();
            int closed = dying.getLocalPort();
            dying.close();
            JedisClient refused = new JedisClient(weaving.load("redis.clients.jedis.Jedis"), closed);
            assertThatThrownBy(() -> refused.call("get", "user:1")).isInstanceOf(RuntimeException.class);

            Recorded recorded = weaving.window();
            assertThat(recorded.count(Metric.DB_DURATION, operation("GET"))).isEqualTo(2);
            assertThat(recorded.count(
                            Metric.DB_DURATION,
                            Map.of(
                                    Attribute.DB_OPERATION,
                                    "GET",
                                    Attribute.ERROR_TYPE,
                                    "redis.clients.jedis.exceptions.JedisConnectionException")))
                    .isEqualTo(2);
            assertThat(recorded.value(Metric.CACHE_GETS)).isZero();

            try (JedisClient alive = client(weaving)) {
                alive.call("get", "user:404");
            }
            assertThat(lookups(weaving.window(), "user:{id}", "miss")).isEqualTo(1);
        }
    }

    private static void closeAtTheFirstGet(ServerSocket server) {
        try (Socket client = server.accept()) {
            byte[] part = new byte[4_096];
            for (int length = client.getInputStream().read(part);
                    length > 0;
                    length = client.getInputStream().read(part)) {
                String text = new String(part, 0, length, StandardCharsets.ISO_8859_1);
                if (text.contains("GET")) {
                    return;
                }
                for (int i = text.indexOf("SETINFO"); i >= 0; i = text.indexOf("SETINFO", i + 1)) {
                    client.getOutputStream().write("-ERR no\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (java.io.IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.0", "8.0.2"})
    void tellsTheRequestWhetherItsLookupsHit(String version) throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(JedisClient.jars(version), List.of(JedisHook::new));
                JedisClient jedis = client(weaving)) {
            RequestScope request = CallStack.current().request();
            request.begin();
            try {
                jedis.call("set", "pet:1", "x");
                jedis.call("get", "pet:1");
                jedis.call("get", "pet:2");
                assertThat(request.cacheHits()).isEqualTo(1);
                assertThat(request.cacheMisses()).isEqualTo(1);
            } finally {
                request.end();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.0", "3.10.0", "4.4.8", "8.0.2"})
    void addsNoGarbageOfItsOwn(String version) throws Exception {
        double bare;
        try (LocalWeaving nothing = LocalWeaving.of(JedisClient.jars(version), List.of());
                JedisClient jedis = client(nothing)) {
            bare = bytesPerGet(jedis);
        }
        try (LocalWeaving weaving = LocalWeaving.of(JedisClient.jars(version), List.of(JedisHook::new));
                JedisClient jedis = client(weaving)) {
            // Where the compiler spared Jedis its varargs array or iterator, handing it over may bring both back, 64
            // bytes
            // and more while it has not yet compiled everything. A command object or a boxed time of ours would show
            // beside
            // them; that the agent's own code allocates nothing is RedisCallsTest's.
            assertThat(bytesPerGet(jedis) - bare).isLessThan(128);
            assertThat(weaving.window().count(Metric.DB_DURATION, operation("GET")))
                    .isGreaterThan(10_000);
        }
    }

    private static double bytesPerGet(JedisClient jedis) throws Exception {
        Method get = jedis.target().getClass().getMethod("get", String.class);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Object[] arguments = {"user:1234"};
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 4_000; i++) {
                get.invoke(jedis.target(), arguments);
            }
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        return least / 4_000.0;
    }

    private static JedisClient client(LocalWeaving weaving) throws Exception {
        return new JedisClient(weaving.load("redis.clients.jedis.Jedis"), port);
    }

    private static Map<Attribute, String> operation(String name) {
        return Map.of(Attribute.DB_OPERATION, name);
    }

    private static double lookups(Recorded recorded, String cache, String result) {
        return recorded.value(Metric.CACHE_GETS, Map.of(Attribute.CACHE_NAME, cache, Attribute.CACHE_RESULT, result));
    }

    private static double slowest(Recorded recorded, Metric metric) {
        return recorded.entries(metric).stream()
                .mapToDouble(entry -> entry.histogram().max())
                .max()
                .orElse(0);
    }

    /** Commands as recorded: with a duration, or counted without one. A pipeline is a round trip and no command. */
    private static Map<String, Long> commands(Recorded recorded) {
        Map<String, Long> calls = new TreeMap<>();
        for (Window.Entry entry : recorded.window().entries()) {
            String name = entry.attributes().toMap().getOrDefault(Attribute.DB_OPERATION.key(), "");
            long count = switch (entry.metric()) {
                case DB_DURATION -> entry.histogram().count();
                case REDIS_UNTIMED -> Math.round(entry.value());
                default -> 0;
            };
            if (count > 0 && !name.equals("PIPELINE")) {
                calls.merge(name.toLowerCase(Locale.ROOT), count, Long::sum);
            }
        }
        return calls;
    }
}
