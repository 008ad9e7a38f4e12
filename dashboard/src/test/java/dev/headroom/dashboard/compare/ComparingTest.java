package dev.headroom.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.page.FixtureStore;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparingTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");
    private static final int WINDOWS = 24;
    private static final TimeRange BEFORE = new TimeRange(BEGIN, BEGIN.plusSeconds(WINDOWS * 5));
    private static final TimeRange AFTER =
            new TimeRange(BEGIN.plusSeconds(WINDOWS * 5), BEGIN.plusSeconds(2 * WINDOWS * 5));

    private final FixtureStore store = new FixtureStore();
    private final Random random = new Random(42);

    @Test
    void findsWhatGotSlowerFasterChattierNewAndGone() {
        for (int i = 0; i < 2 * WINDOWS; i++) {
            boolean later = i >= WINDOWS;
            List<Point> points = new ArrayList<>();
            points.add(served("/slower", later ? 0.020 : 0.010, 50, 1));
            points.add(served("/faster", later ? 0.010 : 0.100, 50, 1));
            points.add(served("/same", 0.010, 50, 1));
            points.add(statements("/chatty", later ? 21 : 1));
            points.add(served("/chatty", 0.010, 50, 1));
            points.add(served(later ? "/new" : "/gone", 0.010, 50, 1));
            points.add(gets("pet:{id}", "hit", later ? 50 : 95));
            points.add(gets("pet:{id}", "miss", later ? 50 : 5));
            append(i, "a1", "1.0", points);
        }
        Comparison comparison = compare(null, null);
        assertThat(direction(comparison, "GET /slower")).isEqualTo(Direction.WORSE);
        assertThat(direction(comparison, "GET /faster")).isEqualTo(Direction.BETTER);
        assertThat(direction(comparison, "GET /same")).isEqualTo(Direction.NO_EVIDENCE);
        assertThat(direction(comparison, "GET /chatty")).isEqualTo(Direction.WORSE);
        assertThat(direction(comparison, "GET /new")).isEqualTo(Direction.NEW);
        assertThat(direction(comparison, "GET /gone")).isEqualTo(Direction.GONE);
        assertThat(direction(comparison, "pet:{id}")).isEqualTo(Direction.WORSE);
        Compared slower = row(comparison, "GET /slower");
        assertThat(slower.callsBefore()).isEqualTo(50L * WINDOWS);
        assertThat(slower.callsAfter()).isEqualTo(50L * WINDOWS);
        assertThat(slower.median().change()).isBetween(0.85, 1.15);
        assertThat(row(comparison, "GET /chatty").statements())
                .extracting(Measured::before, Measured::after)
                .containsExactly(1.0, 21.0);
        assertThat(comparison.rows().get(0).direction()).isEqualTo(Direction.WORSE);
    }

    /** All calls of a window are slow or quick together, as on a machine with neighbours: intervals of single calls do not see it. */
    @Test
    void takesNoiseThatComesAndGoesForNoise() {
        int routes = 300;
        for (int i = 0; i < 2 * WINDOWS; i++) {
            List<Point> points = new ArrayList<>();
            for (int route = 0; route < routes; route++) {
                points.add(served("/r" + route, 0.010, 30, Math.exp(0.3 * random.nextGaussian())));
            }
            append(i, "a1", "1.0", points);
        }
        Comparison comparison = compare(null, null);
        assertThat(comparison.rows()).hasSize(routes);
        // By the rank test alone 1 in 200 and figure; large and certain besides, hardly any.
        assertThat(comparison.count(Direction.WORSE)
                        + comparison.count(Direction.BETTER)
                        + comparison.count(Direction.MIXED))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void letsTheIntervalsDecideAloneOnSidesThatAreTooShort() {
        for (int i = WINDOWS - 3; i < WINDOWS + 3; i++) {
            append(
                    i,
                    "a1",
                    "1.0",
                    List.of(served("/slower", i >= WINDOWS ? 0.100 : 0.010, 50, 1), served("/same", 0.010, 50, 1)));
        }
        Comparison comparison = compare(null, null);
        assertThat(comparison.enough()).isFalse();
        assertThat(direction(comparison, "GET /slower")).isEqualTo(Direction.WORSE);
        assertThat(row(comparison, "GET /slower").median().p()).isNull();
        assertThat(direction(comparison, "GET /same")).isEqualTo(Direction.NO_EVIDENCE);
    }

    @Test
    void holdsTwoVersionsThatRunAtTheSameTimeApart() {
        for (int i = 0; i < 2 * WINDOWS; i++) {
            append(i, "a1", "1.0", List.of(served("/pets", 0.010, 40, 1)));
            append(i, "b2", "2.0", List.of(served("/pets", 0.030, 20, 1)));
        }
        Comparison comparison = new Comparing(store)
                .compare("clinic", new Side("", "1.0", BEFORE, "1.0"), new Side("", "2.0", BEFORE, "2.0"));
        Compared row = row(comparison, "GET /pets");
        assertThat(row.callsBefore()).isEqualTo(40L * WINDOWS);
        assertThat(row.callsAfter()).isEqualTo(20L * WINDOWS);
        assertThat(row.direction()).isEqualTo(Direction.WORSE);
    }

    private Comparison compare(String first, String second) {
        return new Comparing(store)
                .compare("clinic", new Side("", "before", BEFORE, first), new Side("", "after", AFTER, second));
    }

    private static Compared row(Comparison comparison, String name) {
        return comparison.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Direction direction(Comparison comparison, String name) {
        return row(comparison, name).direction();
    }

    private void append(int window, String instance, String version, List<Point> points) {
        Instant end = BEGIN.plusSeconds(5L * (window + 1));
        store.append(List.of(new Batch(
                new Sender("clinic", instance, Map.of("service.version", version)),
                new Batch.Cursor("m", window + 1),
                end.minusSeconds(5),
                end,
                points)));
    }

    private Point served(String route, double medianSeconds, int calls, double slow) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 0; i < calls; i++) {
            histogram.record(medianSeconds * slow * Math.exp(0.4 * random.nextGaussian()));
        }
        return new Point(
                key(Metric.HTTP_SERVER_DURATION, route),
                new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, 0));
    }

    private static Point statements(String route, int each) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 0; i < 50; i++) {
            histogram.record(each);
        }
        return new Point(
                key(Metric.REQUEST_DB_CALLS, route), new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, 0));
    }

    private static Point gets(String cache, String result, int count) {
        return new Point(
                new SeriesKey(
                        Metric.CACHE_GETS.metricName(),
                        new TreeMap<>(Map.of(Attribute.CACHE_NAME.key(), cache, Attribute.CACHE_RESULT.key(), result))),
                new Value.Sum(count));
    }

    private static SeriesKey key(Metric metric, String route) {
        return new SeriesKey(
                metric.metricName(),
                new TreeMap<>(Map.of(Attribute.HTTP_METHOD.key(), "GET", Attribute.HTTP_ROUTE.key(), route)));
    }
}
