package dev.headroom.core.hook.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.RequestScope;
import dev.headroom.core.record.Window;
import dev.headroom.harness.LocalWeaving;
import dev.headroom.harness.Recorded;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.embedded.RedisServer;

/** Lettuce from its oldest to its newest version against a real Redis, whose own statistics are the measure. */
class LettuceHookIT {
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
        System.setProperty(LettuceApp.PORT, Integer.toString(port));
    }

    @AfterAll
    static void stopRedis() throws Exception {
        System.clearProperty(LettuceApp.PORT);
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.0", "5.3.7", "6.1.10", "6.8.2", "7.7.0"})
    void countsWhatTheServerCounts(String version) throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(LettuceApp.jars(version), List.of(LettuceHook::new));
                RawRedis raw = new RawRedis(port)) {
            Recorded recorded = recordedAsCounted(weaving, raw, LettuceApp.ReadAndWrite.class);

            assertThat(recorded.count(Metric.DB_DURATION, operation("GET"))).isEqualTo(3);
            assertThat(recorded.count(
                            Metric.DB_DURATION,
                            Map.of(Attribute.DB_OPERATION, "INCR", Attribute.ERROR_TYPE, "WRONGTYPE")))
                    .isEqualTo(1);
            assertThat(recorded.count(Metric.DB_DURATION, operation("BLPOP"))).isZero();
            assertThat(recorded.count(Metric.REDIS_BLOCKING_WAIT)).isEqualTo(1);
            assertThat(lookups(recorded, "user:{id}", "hit")).isEqualTo(2 + 1 + 1);
            assertThat(lookups(recorded, "user:{id}", "miss")).isEqualTo(1 + 2 + 1);
            assertThat(lookups(recorded, "profile:{id}", "hit")).isEqualTo(1 + 1);
            assertThat(lookups(recorded, "profile:{id}", "miss")).isEqualTo(1 + 1);
            assertThat(lookups(recorded, "list:{id}", "hit")).isEqualTo(1);
            assertThat(lookups(recorded, "tags:{id} (membership)", "hit")).isEqualTo(1);
            assertThat(lookups(recorded, "tags:{id} (membership)", "miss")).isEqualTo(1);
            assertThat(recorded.value(Metric.CACHE_GETS)).isEqualTo(4 + 4 + 2 + 2 + 1 + 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.0", "5.3.7", "6.1.10", "6.8.2", "7.7.0"})
    void aRequestKnowsOfEachOfItsCommandsOnce(String version) throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(LettuceApp.jars(version), List.of(LettuceHook::new));
                RawRedis raw = new RawRedis(port)) {
            raw.ask("FLUSHALL");
            RequestScope idle = served(weaving, LettuceApp.Idle.class);
            RequestScope did = served(weaving, LettuceApp.EveryWay.class);

            assertThat(did.redisCommands() - idle.redisCommands()).isEqualTo(10);
            assertThat(did.calls(CallStack.Kind.REDIS) - idle.calls(CallStack.Kind.REDIS))
                    .isEqualTo(7);
            assertThat(did.cacheHits()).isEqualTo(4);
            assertThat(did.cacheMisses()).isEqualTo(3);
            assertThat(did.nanos(CallStack.Kind.REDIS, Long.MAX_VALUE)).isPositive();
            weaving.window();
        }
    }

    /** The account of a request that does what the program does, and in which each call is logged. */
    private static RequestScope served(LocalWeaving weaving, Class<? extends LettuceApp> app) throws Exception {
        RequestScope account = new RequestScope();
        CallStack stack = CallStack.current();
        account.begin(weaving.recorder().examples(), weaving.recorder().nanos());
        stack.serve(account);
        try {
            weaving.run(app);
        } finally {
            stack.leave(account);
            account.gather();
        }
        return account;
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.0", "6.1.10", "7.7.0"})
    void timesFromTheFlush(String version) throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(LettuceApp.jars(version), List.of(LettuceHook::new));
                RawRedis raw = new RawRedis(port)) {
            Recorded recorded = recordedAsCounted(weaving, raw, LettuceApp.FlushedByHand.class);

            assertThat(recorded.count(Metric.DB_DURATION, operation("GET"))).isEqualTo(10);
            assertThat(slowest(recorded, operation("GET"))).isLessThan(0.3);
            assertThat(lookups(recorded, "user:{id}", "hit")).isEqualTo(6);
            assertThat(lookups(recorded, "user:{id}", "miss")).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.0", "5.3.7", "6.1.10", "6.8.2", "7.7.0"})
    void countsWhatATransactionCarriesOut(String version) throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(LettuceApp.jars(version), List.of(LettuceHook::new));
                RawRedis raw = new RawRedis(port)) {
            Recorded recorded = recordedAsCounted(weaving, raw, LettuceApp.Transaction.class);

            assertThat(recorded.count(Metric.DB_DURATION, operation("MULTI"))).isEqualTo(2);
            assertThat(recorded.count(Metric.DB_DURATION, operation("GET"))).isZero();
            assertThat(recorded.value(Metric.REDIS_UNTIMED, operation("GET"))).isEqualTo(2);
            assertThat(lookups(recorded, "user:{id}", "hit")).isEqualTo(2);
            assertThat(lookups(recorded, "user:{id}", "miss")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.0", "5.3.7", "6.1.10", "6.8.2", "7.7.0"})
    void seesWhatIsStreamedToAReader(String version) throws Exception {
        try (LocalWeaving weaving = LocalWeaving.of(LettuceApp.jars(version), List.of(LettuceHook::new));
                RawRedis raw = new RawRedis(port)) {
            Recorded recorded = recordedAsCounted(weaving, raw, LettuceApp.Reactive.class);

            assertThat(lookups(recorded, "user:{id}", "hit")).isEqualTo(3);
            assertThat(lookups(recorded, "user:{id}", "miss")).isEqualTo(1);
            assertThat(lookups(recorded, "list:{id}", "hit")).isEqualTo(1);
            assertThat(lookups(recorded, "list:none", "miss")).isEqualTo(1);
            assertThat(recorded.count(Metric.DB_DURATION, operation("INCR"))).isEqualTo(4);
        }
    }

    /** Runs the program and compares all commands with the server's own count. */
    private static Recorded recordedAsCounted(LocalWeaving weaving, RawRedis raw, Class<? extends LettuceApp> app)
            throws Exception {
        raw.ask("FLUSHALL");
        raw.ask("CONFIG RESETSTAT");
        weaving.run(app);
        Recorded recorded = weaving.window();
        assertThat(commands(recorded)).isEqualTo(raw.commandStatistics());
        return recorded;
    }

    private static Map<Attribute, String> operation(String name) {
        return Map.of(Attribute.DB_OPERATION, name);
    }

    private static double lookups(Recorded recorded, String cache, String result) {
        return recorded.value(Metric.CACHE_GETS, Map.of(Attribute.CACHE_NAME, cache, Attribute.CACHE_RESULT, result));
    }

    private static double slowest(Recorded recorded, Map<Attribute, String> attributes) {
        return recorded.entries(Metric.DB_DURATION, attributes).stream()
                .mapToDouble(entry -> entry.histogram().max())
                .max()
                .orElse(0);
    }

    /** Commands as recorded: with a duration, or counted without one. */
    private static Map<String, Long> commands(Recorded recorded) {
        Map<String, Long> calls = new TreeMap<>();
        for (Window.Entry entry : recorded.window().entries()) {
            String name = entry.attributes().toMap().getOrDefault(Attribute.DB_OPERATION.key(), "");
            long count = switch (entry.metric()) {
                case DB_DURATION -> entry.histogram().count();
                case REDIS_UNTIMED -> Math.round(entry.value());
                default -> 0;
            };
            if (count > 0) {
                calls.merge(name.toLowerCase(Locale.ROOT), count, Long::sum);
            }
        }
        return calls;
    }
}
