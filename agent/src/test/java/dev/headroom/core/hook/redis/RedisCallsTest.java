package dev.headroom.core.hook.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.control.Detail;
import dev.headroom.core.record.Recorder;
import dev.headroom.harness.MovableClock;
import dev.headroom.harness.Recorded;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedisCallsTest {
    private final MovableClock clock = new MovableClock();
    private final Recorder recorder = new Recorder(clock, 1_000);
    private final RedisCalls calls = new RedisCalls(recorder);
    private final Object connection = new Object();

    @Test
    void aKnownCommandAndShapeAllocateNothing() {
        byte[] get = bytes("GET");
        byte[][] key = {bytes("user:1234")};
        byte[] value = bytes("x");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 1_000; i++) {
                calls.sent.exit(calls.sent.enter(connection, get, key), null, null);
                calls.reply.exit(calls.reply.enter(connection, null, null), value, null);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(least).isLessThan(100);
        assertThat(window().count(Metric.DB_DURATION)).isEqualTo(5_000);
    }

    @Test
    void aTransactionIsTheSumOfItsWaits() {
        send("MULTI");
        clock.moveMillis(10);
        reply("OK");
        clock.moveMillis(5_000);
        send("GET", "user:1");
        send("INCR", "n");
        clock.moveMillis(20);
        reply("QUEUED");
        reply("QUEUED");
        send("EXEC");
        clock.moveMillis(30);
        answer(Arrays.asList(null, 7L));
        Recorded recorded = window();

        assertThat(recorded.entries(Metric.DB_DURATION)).hasSize(1);
        assertThat(recorded.entries(Metric.DB_DURATION).get(0).histogram().max())
                .isBetween(0.060, 0.2);
        assertThat(recorded.attribute(Metric.DB_DURATION, Attribute.DB_OPERATION))
                .contains("MULTI");
        assertThat(recorded.value(Metric.REDIS_UNTIMED)).isEqualTo(3);
        assertThat(recorded.value(Metric.CACHE_GETS, Map.of(Attribute.CACHE_RESULT, "miss")))
                .isEqualTo(1);
    }

    @Test
    void aWatchedKeyThatChangedRunsNothing() {
        send("MULTI");
        send("GET", "user:1");
        send("EXEC");
        reply("OK");
        reply("QUEUED");
        answer(null);
        Recorded recorded = window();
        assertThat(recorded.value(Metric.REDIS_UNTIMED)).isEqualTo(1);
        assertThat(recorded.value(Metric.CACHE_GETS)).isZero();
    }

    @Test
    void aTransactionInsideAPipelineIsThePipelinesTime() {
        send("GET", "user:1");
        send("MULTI");
        send("SET", "a");
        send("EXEC");
        reply("x");
        reply("OK");
        reply("QUEUED");
        answer(List.of(bytes("OK")));
        Recorded recorded = window();
        assertThat(recorded.attribute(Metric.DB_DURATION, Attribute.DB_OPERATION))
                .contains("PIPELINE");
        assertThat(recorded.value(Metric.REDIS_UNTIMED)).isEqualTo(4);
    }

    @Test
    void subscriptionsLeaveTheQueueAndComeBack() {
        send("SUBSCRIBE", "news");
        answer(List.of(bytes("subscribe"), bytes("news"), 1L));
        answer(List.of(bytes("message"), bytes("news"), bytes("hello")));
        send("UNSUBSCRIBE", "news");
        answer(List.of(bytes("unsubscribe"), bytes("news"), 0L));
        send("GET", "user:1");
        reply("x");
        Recorded recorded = window();
        assertThat(recorded.count(Metric.DB_DURATION)).isEqualTo(1);
        assertThat(recorded.value(Metric.REDIS_UNTIMED)).isEqualTo(2);
    }

    @Test
    void aBlockingStreamReadIsNoSlowCommand() {
        send("XREAD", "BLOCK", "5000", "STREAMS", "events:7", "$");
        clock.moveMillis(5_000);
        answer(null);
        Recorded recorded = window();
        assertThat(recorded.count(Metric.DB_DURATION)).isZero();
        assertThat(recorded.attribute(Metric.REDIS_BLOCKING_WAIT, Attribute.DB_KEY_PATTERN))
                .contains("events:{id}");
    }

    @Test
    void aPipelineBeyondTheCapIsStillCounted() {
        int commands = Pending.MAX + 1_000;
        for (int i = 0; i < commands; i++) {
            send("GET", "user:1");
        }
        for (int i = 0; i < commands; i++) {
            reply("x");
        }
        Recorded recorded = window();
        assertThat(recorded.value(Metric.REDIS_UNTIMED)).isEqualTo(commands);
        assertThat(recorded.count(Metric.DB_DURATION)).isEqualTo(1);
        send("GET", "user:1");
        reply("x");
        assertThat(window().attribute(Metric.DB_DURATION, Attribute.DB_OPERATION))
                .contains("GET");
    }

    @Test
    void closingAccountsForWhatWasNotAnswered() {
        send("GET", "user:1");
        send("GET", "user:2");
        calls.forget.enter(connection, null, null);
        assertThat(window().value(Metric.REDIS_UNTIMED, Map.of(Attribute.ERROR_TYPE, "unanswered")))
                .isEqualTo(2);
        assertThat(calls.reply.enter(connection, null, null)).isNull();
    }

    @Test
    void argumentsOfCommandsWithoutKeysAreNotLookedAt() {
        send("AUTH", "secret");
        reply("OK");
        send("EVAL", "return 1", "0", "argument:1");
        reply("1");
        send("EVAL", "return 1", "1", "user:1");
        reply("1");
        assertThat(window().entries(Metric.DB_DURATION))
                .extracting(entry -> entry.attributes().toMap().getOrDefault("headroom.key.pattern", "-"))
                .containsExactlyInAnyOrder("-", "-", "user:{id}");
    }

    @Test
    void withoutTimingsEveryCommandIsCountedAndNoTimeIsMadeUp() {
        send("GET", "user:1");
        recorder.switches().govern(Detail.COUNTS_ONLY);
        clock.moveMillis(10);
        reply("x");
        send("GET", "user:2");
        recorder.switches().govern(Detail.ALL);
        reply("x");
        send("MULTI");
        recorder.switches().govern(Detail.COUNTS_ONLY);
        reply("OK");
        recorder.switches().govern(Detail.ALL);
        send("EXEC");
        answer(List.of());
        Recorded recorded = window();
        Map<Attribute, String> get = Map.of(Attribute.DB_OPERATION, "GET");
        assertThat(recorded.count(Metric.DB_DURATION)).isZero();
        assertThat(recorded.value(Metric.DB_DURATION, get)).isEqualTo(2);
        assertThat(recorded.value(Metric.DB_DURATION, Map.of(Attribute.DB_OPERATION, "MULTI")))
                .as("of a sum of waits one is missing")
                .isEqualTo(1);
        assertThat(recorded.value(Metric.CACHE_GETS)).isEqualTo(2);
    }

    @Test
    void aProbeThatFailsLosesItsCommandOnly() {
        for (int i = 0; i < 9; i++) {
            assertThatThrownBy(() -> calls.sent.enter(connection, bytes("GET"), new byte[][] {null}))
                    .isInstanceOf(NullPointerException.class);
        }
        send("GET", "user:1");
        reply("x");
        assertThat(window().count(Metric.DB_DURATION)).isEqualTo(1);
    }

    @Test
    void readingACollectionTellsHowManyElementsItHas() {
        send("HGETALL", "user:1");
        answer(Arrays.asList(bytes("name"), bytes("x"), bytes("age"), bytes("7")));
        send("HGETALL", "user:2");
        answer(Map.of("name", "x", "age", "7"));
        send("SMEMBERS", "tags:1");
        answer(List.of(bytes("a"), bytes("b"), bytes("c")));
        send("LRANGE", "news:1", "0", "9");
        answer(List.of(bytes("a"), bytes("b"), bytes("c"), bytes("d")));
        send("GET", "user:1");
        reply("x");
        Recorded recorded = window();
        assertThat(recorded.entries(Metric.CACHE_COLLECTION_SIZE).stream()
                        .collect(Collectors.toMap(
                                entry -> entry.attributes().toMap().get("cache"),
                                entry -> entry.histogram().sum())))
                .isEqualTo(Map.of("user:{id}", 4.0, "tags:{id}", 3.0, "news:{id}", 4.0));
    }

    private void send(String command, String... arguments) {
        byte[][] words = Arrays.stream(arguments).map(RedisCallsTest::bytes).toArray(byte[][]::new);
        calls.sent.exit(calls.sent.enter(connection, bytes(command), words), null, null);
    }

    private void reply(String text) {
        answer(bytes(text));
    }

    private void answer(@Nullable Object reply) {
        Object token = calls.reply.enter(connection, null, null);
        if (token != null) {
            calls.reply.exit(token, reply, null);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Recorded window() {
        return new Recorded(recorder.rotate(0, 5_000));
    }
}
