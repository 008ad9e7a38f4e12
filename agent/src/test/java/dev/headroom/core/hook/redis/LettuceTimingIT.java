package dev.headroom.core.hook.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.hook.redis.ScriptedRedis.Reply;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.RequestScope;
import dev.headroom.harness.LocalWeaving;
import dev.headroom.harness.Recorded;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lettuce against servers that answer late, never in time, or with the address of another. */
class LettuceTimingIT {
    @AfterEach
    void forgetPort() {
        System.clearProperty(LettuceApp.PORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.0", "6.1.10", "7.7.0"})
    void timesUntilTheReplyInEveryWay(String version) throws Exception {
        try (ScriptedRedis redis = new ScriptedRedis(words -> get(words) ? Reply.bulk("x", 200) : null)) {
            Recorded recorded = recorded(version, redis, LettuceApp.ThreeWays.class);

            for (String way : List.of("sync", "async", "reactive")) {
                assertThat(recorded.entries(Metric.DB_DURATION, Map.of(Attribute.DB_KEY_PATTERN, way)))
                        .singleElement()
                        .satisfies(entry -> {
                            assertThat(entry.histogram().count()).isEqualTo(5);
                            assertThat(entry.histogram().quantile(0.5)).isCloseTo(0.2, within(0.006));
                        });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.0", "6.1.10", "7.7.0"})
    void whatIsGivenUpHasItsOwnOutcomeOnce(String version) throws Exception {
        try (ScriptedRedis redis = new ScriptedRedis(
                words -> get(words) ? Reply.bulk("x", words.get(1).startsWith("late") ? 300 : 0) : null)) {
            Recorded recorded = recorded(version, redis, LettuceApp.GivenUp.class);

            assertThat(gets(recorded, "io.lettuce.core.RedisCommandTimeoutException"))
                    .isEqualTo(1);
            assertThat(gets(recorded, "java.util.concurrent.CancellationException"))
                    .isEqualTo(1);
            assertThat(recorded.count(Metric.DB_DURATION, Map.of(Attribute.DB_OPERATION, "GET")))
                    .isEqualTo(4);
            assertThat(recorded.value(Metric.CACHE_GETS, Map.of(Attribute.CACHE_NAME, "late:{id}")))
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.3.7", "6.1.10", "7.7.0"})
    void aMovedKeyIsOneCall(String version) throws Exception {
        AtomicReference<String> nodes = new AtomicReference<>("");
        AtomicReference<String> moved = new AtomicReference<>("");
        try (ScriptedRedis owner =
                        new ScriptedRedis(words -> get(words) ? Reply.bulk("x", 0) : node(words, nodes.get()));
                ScriptedRedis former =
                        new ScriptedRedis(words -> get(words) ? Reply.now(moved.get()) : node(words, nodes.get()))) {
            moved.set("-MOVED 1 127.0.0.1:" + owner.port() + "\r\n");
            nodes.set(line('a', former.port(), "myself,master", " 0-16383") + line('b', owner.port(), "master", ""));
            Recorded recorded = recorded(version, former, LettuceApp.Cluster.class);

            assertThat(recorded.count(Metric.DB_DURATION, Map.of(Attribute.DB_OPERATION, "GET")))
                    .isEqualTo(1);
            assertThat(gets(recorded, "MOVED")).isZero();
            assertThat(recorded.value(
                            Metric.REDIS_UNTIMED, Map.of(Attribute.DB_OPERATION, "GET", Attribute.ERROR_TYPE, "MOVED")))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.1.0", "7.7.0"})
    void tellsTheRequestWhetherItsLookupsHit(String version) throws Exception {
        RequestScope request = CallStack.current().request();
        request.begin();
        try (ScriptedRedis redis = new ScriptedRedis(
                words -> get(words) ? words.get(1).equals("sync") ? Reply.now("$-1\r\n") : Reply.bulk("x", 0) : null)) {
            recorded(version, redis, LettuceApp.ThreeWays.class);
            request.gather();
            assertThat(request.cacheMisses()).as("synchronous calls").isEqualTo(5);
            assertThat(request.cacheHits()).as("asynchronous and reactive ones").isEqualTo(5 + 5);
        } finally {
            request.end();
        }
    }

    private static Recorded recorded(String version, ScriptedRedis redis, Class<? extends LettuceApp> app)
            throws Exception {
        System.setProperty(LettuceApp.PORT, Integer.toString(redis.port()));
        try (LocalWeaving weaving = LocalWeaving.of(LettuceApp.jars(version), List.of(LettuceHook::new))) {
            weaving.run(app);
            return weaving.window();
        }
    }

    private static boolean get(List<String> words) {
        return words.get(0).equals("GET");
    }

    /** What a cluster client asks a node before its first command. */
    private static Reply node(List<String> words, String nodes) {
        if (words.get(0).equals("CLUSTER")) {
            return words.get(1).equalsIgnoreCase("NODES")
                    ? Reply.bulk(nodes, 0)
                    : Reply.bulk(nodes.substring(0, 40), 0);
        }
        return words.get(0).equals("INFO")
                        || (words.get(0).equals("CLIENT") && words.get(1).equals("LIST"))
                ? Reply.bulk("connected_clients:1\r\n", 0)
                : null;
    }

    private static String line(char id, int port, String flags, String slots) {
        return String.valueOf(id).repeat(40) + " 127.0.0.1:" + port + "@" + (port - 10_000) + " " + flags
                + " - 0 0 1 connected" + slots + "\n";
    }

    private static long gets(Recorded recorded, String error) {
        return recorded.count(Metric.DB_DURATION, Map.of(Attribute.DB_OPERATION, "GET", Attribute.ERROR_TYPE, error));
    }
}
