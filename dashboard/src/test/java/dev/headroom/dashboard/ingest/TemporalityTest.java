package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.ingest.Temporality.Delta;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.otlp.ExplicitHistogram;
import dev.headroom.otlp.MetricPoint;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemporalityTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Map<String, String> NONE = Map.of();

    private SenderStreams streams = new SenderStreams();

    @Test
    void deltasAreTakenOnceEach() {
        assertThat(amount(apply(delta(0, 10, 3)))).isEqualTo(3);
        assertThat(apply(delta(0, 10, 3))).isInstanceOf(Delta.Repeat.class);
        assertThat(amount(apply(delta(10, 20, 4)))).isEqualTo(4);
        assertThat(apply(delta(15, 25, 4))).isInstanceOf(Delta.Rejected.class);
        assertThat(amount(apply(delta(30, 40, 5)))).isEqualTo(5);
    }

    @Test
    void cumulativePointsCountByTheirDifference() {
        assertThat(amount(apply(total(100, 110, 3)))).isEqualTo(3);
        assertThat(amount(apply(total(100, 120, 10)))).isEqualTo(7);
        assertThat(apply(total(100, 120, 10))).isInstanceOf(Delta.Repeat.class);
        assertThat(amount(apply(total(100, 130, 10)))).isZero();
    }

    @Test
    void differencesAreRememberedAcrossARestart() {
        apply(total(100, 110, 3));
        streams = SenderStreams.read(streams.toBytes());

        assertThat(amount(apply(total(100, 120, 10)))).isEqualTo(7);
        assertThat(apply(total(100, 110, 3))).isInstanceOf(Delta.Repeat.class);
    }

    @Test
    void aNewStartOrAFallenCountIsAReset() {
        apply(total(100, 110, 30));
        assertThat(amount(apply(total(115, 120, 4)))).isEqualTo(4);
        assertThat(amount(apply(total(115, 130, 2)))).isEqualTo(2);
        assertThat(apply(total(140, 140, 2))).isInstanceOf(Delta.Baseline.class);
        assertThat(amount(apply(total(140, 150, 9)))).isEqualTo(7);
    }

    @Test
    void aStreamThatIsMuchOlderThanItsFirstPointIsABaseline() {
        assertThat(apply(total(100, 100 + 3_600, 1_000))).isInstanceOf(Delta.Baseline.class);
        assertThat(amount(apply(total(100, 100 + 3_660, 1_010)))).isEqualTo(10);
    }

    @Test
    void aStreamThatWasNotThereAtTheLastExportHasCountedSinceThen() {
        apply(total(100, 100 + 3_600, 1_000));
        MetricPoint added = MetricPoint.sum(
                total(100, 100 + 3_660, 7).metric(),
                "",
                Map.of("new", "yes"),
                false,
                true,
                100 * SECOND,
                (100 + 3_660) * SECOND,
                7);

        assertThat(amount(new Temporality(streams).apply(added))).isEqualTo(7);
    }

    @Test
    void levelsAreGaugesWhateverTheirTemporality() {
        MetricPoint used =
                MetricPoint.sum("db.client.connection.count", "", NONE, false, false, SECOND, 10 * SECOND, 5);
        MetricPoint less =
                MetricPoint.sum("db.client.connection.count", "", NONE, false, false, SECOND, 20 * SECOND, 3);
        assertThat(value(apply(used))).isEqualTo(Value.Gauge.of(5));
        assertThat(value(apply(less))).isEqualTo(Value.Gauge.of(3));

        MetricPoint up = MetricPoint.sum("x", "", NONE, true, false, SECOND, 10 * SECOND, 5);
        MetricPoint down = MetricPoint.sum("x", "", NONE, true, false, 10 * SECOND, 20 * SECOND, -2);
        apply(up);
        assertThat(value(apply(down))).isEqualTo(Value.Gauge.of(3));
    }

    @Test
    void cumulativeExponentialHistogramsAddUpToTheLastPoint() {
        Random random = new Random(1);
        ExponentialHistogram all = new ExponentialHistogram();
        HistogramSnapshot added = HistogramSnapshot.EMPTY;
        for (int flush = 1; flush <= 20; flush++) {
            for (int i = 0; i < 50; i++) {
                // Wider and wider, so that the sender halves its resolution on the way.
                all.record(flush == 3 ? 0 : Math.exp(random.nextGaussian() * flush - 3));
            }
            MetricPoint point = MetricPoint.exponential(
                    "http.server.request.duration", "s", NONE, false, SECOND, (1 + flush) * SECOND, all.snapshot());
            streams = SenderStreams.read(streams.toBytes());
            added = added.merge(distribution(apply(point)).histogram());
        }
        HistogramSnapshot total = all.snapshot();
        assertThat(added.count()).isEqualTo(total.count());
        assertThat(added.zeroCount()).isEqualTo(total.zeroCount());
        assertThat(added.scale()).isEqualTo(total.scale());
        for (double q : new double[] {0.1, 0.5, 0.9, 0.95}) {
            assertThat(added.quantile(q)).isEqualTo(total.quantile(q));
        }
    }

    @Test
    void explicitBucketsStayExactAtTheirBoundsAndNameTheirError() {
        ExplicitHistogram histogram =
                new ExplicitHistogram(new double[] {0.01, 0.05, 0.1}, new long[] {4, 3, 2, 1}, 0.5, 0.002, 0.4);
        MetricPoint point =
                MetricPoint.explicit("http.server.request.duration", "s", NONE, true, SECOND, 2 * SECOND, histogram);

        Value.Distribution distribution = distribution(apply(point));

        assertThat(distribution.histogram().count()).isEqualTo(10);
        assertThat(distribution.histogram().sum()).isEqualTo(0.5);
        assertThat(distribution.histogram().max()).isEqualTo(0.4);
        assertThat(distribution.limits().above(50_000_000)).isEqualTo(3);
        assertThat(distribution.limits().above(100_000_000)).isEqualTo(1);
        assertThat(distribution.histogram().quantile(0.7)).isBetween(0.01, 0.05);
        // The widest bucket with values is (0.01, 0.05]: its middle is off by (5 - 1) / (5 + 1), and a bucket of ours.
        assertThat(distribution.relativeError()).isBetween(4.0 / 6, 0.70);
    }

    @Test
    void cumulativeExplicitHistogramsCountByTheirDifference() {
        double[] bounds = {0.01, 0.1};
        apply(explicit(bounds, 10, new long[] {4, 3, 2}));
        Value.Distribution added = distribution(apply(explicit(bounds, 20, new long[] {5, 3, 4})));

        assertThat(added.histogram().count()).isEqualTo(3);
        assertThat(added.limits().above(100_000_000)).isEqualTo(2);
        assertThat(distribution(apply(explicit(bounds, 30, new long[] {1, 0, 0})))
                        .histogram()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void oldPoolNamesInMillisecondsBecomeOursInSeconds() {
        ExplicitHistogram waits = new ExplicitHistogram(new double[] {1, 10, 100}, new long[] {0, 0, 2, 0}, 90, 30, 60);
        Delta delta = apply(MetricPoint.explicit(
                "db.client.connections.wait_time", "ms", Map.of("pool.name", "main"), true, SECOND, 2 * SECOND, waits));
        Delta.Added added = (Delta.Added) delta;

        assertThat(added.point().key().metric()).isEqualTo("db.client.connection.wait_time");
        assertThat(added.point().key().attributes()).containsEntry("db.client.connection.pool.name", "main");
        Value.Distribution distribution = (Value.Distribution) added.point().value();
        assertThat(distribution.histogram().sum()).isEqualTo(0.09);
        assertThat(distribution.histogram().quantile(0.5)).isBetween(0.030, 0.060);
        assertThat(distribution.limits().above(10_000_000)).isEqualTo(2);

        MetricPoint used = MetricPoint.sum(
                "db.client.connections.usage",
                "{connection}",
                Map.of("pool.name", "main", "state", "used"),
                false,
                false,
                SECOND,
                2 * SECOND,
                4);
        Delta.Added level = (Delta.Added) apply(used);
        assertThat(level.point().key().metric()).isEqualTo("db.client.connection.count");
        assertThat(level.point().key().attributes()).containsEntry("db.client.connection.state", "used");
    }

    private Delta apply(MetricPoint point) {
        return new Temporality(streams).apply(point);
    }

    private static MetricPoint delta(long from, long to, double amount) {
        return MetricPoint.sum("cache.gets", "{get}", NONE, true, true, (from + 1) * SECOND, (to + 1) * SECOND, amount);
    }

    private static MetricPoint total(long start, long time, double amount) {
        return MetricPoint.sum("cache.gets", "{get}", NONE, false, true, start * SECOND, time * SECOND, amount);
    }

    private static MetricPoint explicit(double[] bounds, long time, long[] counts) {
        return MetricPoint.explicit(
                "http.server.request.duration",
                "s",
                NONE,
                false,
                SECOND,
                time * SECOND,
                new ExplicitHistogram(bounds, counts, 0, Double.NaN, Double.NaN));
    }

    private static Value value(Delta delta) {
        return ((Delta.Added) delta).point().value();
    }

    private static double amount(Delta delta) {
        return ((Value.Sum) value(delta)).amount();
    }

    private static Value.Distribution distribution(Delta delta) {
        return (Value.Distribution) value(delta);
    }
}
