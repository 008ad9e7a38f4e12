package dev.headroom.dashboard.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisCommandsTest {
    private static final double SECONDS = 10;

    private final RedisCommands commands = new RedisCommands();

    @Test
    void countsTimedAndUntimedCommandsOnce() {
        commands.add(timed("GET", 3));
        commands.add(untimed("GET", 4));
        commands.add(untimed("SET", 2));

        assertThat(commands.timing(SECONDS).count()).isEqualTo(9);
        assertThat(commands.timing(SECONDS).ratePerSecond()).isEqualTo(0.9);
        assertThat(commands.commands(SECONDS))
                .extracting(Rows.Command::operation, command -> command.timing().count())
                .containsExactly(tuple("GET", 7L), tuple("SET", 2L));
        assertThat(commands.commands(SECONDS).get(1).timing().p95Ms()).isNull();
    }

    @Test
    void aPipelineIsTimedButIsNoCommand() {
        commands.add(timed("PIPELINE", 5));

        Timing timing = commands.timing(SECONDS);
        assertThat(timing.count()).isZero();
        assertThat(timing.p95Ms()).isCloseTo(20, withPercentage(1.1));
        assertThat(commands.commands(SECONDS)).isEmpty();
    }

    @Test
    void overflowHasARowOfItsOwn() {
        SeriesKey overflown =
                new SeriesKey(Metric.REDIS_UNTIMED.metricName(), Map.of(Attribute.OVERFLOW.key(), "true"));

        assertThat(RedisCommands.isCommand(overflown)).isTrue();
        assertThat(RedisCommands.pattern(overflown)).isEqualTo(Operations.OVERFLOW);
    }

    private static SeriesData timed(String command, int calls) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 0; i < calls; i++) {
            histogram.record(0.020);
        }
        return new SeriesData(
                key(Metric.DB_DURATION, command),
                null,
                new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, 0));
    }

    private static SeriesData untimed(String command, int calls) {
        return new SeriesData(key(Metric.REDIS_UNTIMED, command), null, new Value.Sum(calls));
    }

    private static SeriesKey key(Metric metric, String command) {
        return new SeriesKey(
                metric.metricName(), Map.of(Attribute.DB_SYSTEM.key(), "redis", Attribute.DB_OPERATION.key(), command));
    }
}
