package dev.headroom.core.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.control.Detail;
import dev.headroom.core.control.Switches;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final Attributes A = Attributes.of(Attribute.HTTP_ROUTE, "/a");

    private final Recorder recorder = new Recorder(Clock.SYSTEM, 2, 3, 5, 2);

    private static long count(Window window) {
        return window.entries().stream()
                .mapToLong(entry -> entry.histogram().count() + (long) entry.value())
                .sum();
    }

    private Window rotate() {
        return recorder.rotate(0, 1);
    }

    @Test
    void givesTheSameSeriesForTheSameAttributes() {
        assertThat(recorder.duration(Metric.DB_DURATION, A))
                .isSameAs(recorder.duration(Metric.DB_DURATION, Attributes.of(Attribute.HTTP_ROUTE, "/a")));
    }

    @Test
    void handsOverEverythingOnce() {
        recorder.duration(Metric.DB_DURATION, A).record(1);
        recorder.counter(Metric.DB_ROWS, A).add(7);

        assertThat(count(rotate())).isEqualTo(8);
        assertThat(rotate().entries()).isEmpty();
    }

    @Test
    void amountsAreWholeNumbersWithExactCountsAtLimits() {
        recorder.limits(Metric.REQUEST_DB_CALLS, new Limits(5_000_000_000L));
        AmountSeries series = recorder.amount(Metric.REQUEST_DB_CALLS, A);
        series.record(0);
        series.record(5);
        series.record(6);
        series.record(-1);
        Window.Entry entry = rotate().entries().get(0);
        assertThat(entry.histogram().count()).isEqualTo(4);
        assertThat(entry.histogram().zeroCount()).isEqualTo(2);
        assertThat(entry.histogram().sum()).isEqualTo(11);
        assertThat(entry.histogram().max()).isEqualTo(6);
        assertThat(entry.limits().above(5_000_000_000L)).isEqualTo(1);
        series.record(Long.MAX_VALUE);
        assertThat(rotate().entries().get(0).histogram().max()).isEqualTo(AmountSeries.MAX);
        assertThat(rotate().entries()).isEmpty();
    }

    @Test
    void callsAreCountedExactlyWhileTimingsComeAndGo() throws Exception {
        Switches switches = new Switches();
        Recorder switched = new Recorder(Clock.SYSTEM, 2, switches);
        switched.limits(Metric.DB_DURATION, new Limits(1_000));
        DurationSeries series = switched.duration(Metric.DB_DURATION, A);
        int threads = 4;
        int perThread = 50_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            done.add(pool.submit(() -> {
                for (int i = 0; i < perThread; i++) {
                    series.record(Clock.elapsed(switched.nanos(), switched.nanos()));
                }
            }));
        }
        Window.Entry total = null;
        boolean last;
        do {
            switches.govern(switches.governed() == Detail.ALL ? Detail.COUNTS_ONLY : Detail.ALL);
            last = done.stream().allMatch(Future::isDone);
            for (Window.Entry entry : switched.rotate(0, 1).entries()) {
                total = total == null ? entry : total.plus(entry);
            }
        } while (!last);
        for (Future<?> each : done) {
            each.get(30, TimeUnit.SECONDS);
        }
        pool.shutdown();

        assertThat(total).isNotNull();
        assertThat(total.histogram().count() + (long) total.value()).isEqualTo((long) threads * perThread);
        assertThat(total.limits().total())
                .as("limits are about what was timed")
                .isEqualTo(total.histogram().count());
    }

    @Test
    void putsWhatTheCapsKeepOutIntoTheOverflowSeries() {
        for (int i = 0; i < 10; i++) {
            recorder.duration(Metric.DB_DURATION, Attributes.of(Attribute.DB_QUERY, "q" + i))
                    .record(1);
            recorder.counter(Metric.DB_ROWS, Attributes.of(Attribute.DB_QUERY, "q" + i))
                    .add(1);
        }

        Window window = rotate();
        assertThat(count(window)).isEqualTo(20);
        assertThat(window.entries())
                .filteredOn(entry -> entry.attributes().equals(Attributes.OVERFLOWN))
                .extracting(entry -> entry.histogram().count() + (long) entry.value())
                .containsExactlyInAnyOrder(7L, 8L);
        assertThat(window.entries()).hasSize(5 + 2);
    }

    @Test
    void keepsFailuresOfTheOverflowSeriesInIt() {
        for (int i = 0; i < 4; i++) {
            recorder.duration(Metric.DB_DURATION, Attributes.of(Attribute.DB_QUERY, "q" + i));
        }
        DurationSeries overflow = recorder.duration(Metric.DB_DURATION, Attributes.of(Attribute.DB_QUERY, "late"));

        assertThat(overflow.failed("java.io.IOException")).isSameAs(overflow);
    }

    @Test
    void givesUnknownFailuresOneSeriesOnceThereAreTwentyKinds() {
        Recorder large = new Recorder(Clock.SYSTEM, 2);
        DurationSeries series = large.duration(Metric.DB_DURATION, A);
        for (int i = 0; i < 20; i++) {
            series.failed("Failure" + i);
        }

        assertThat(series.failed("One")).isSameAs(series.failed("Two"));
        assertThat(series.failed("Failure3")).isNotSameAs(series.failed("One"));
    }

    @Test
    void makesRoomByEvictingIdleSeries() {
        for (int i = 0; i < 3; i++) {
            recorder.duration(Metric.DB_DURATION, Attributes.of(Attribute.DB_QUERY, "junk" + i))
                    .record(1);
        }
        for (int i = 0; i < 4; i++) {
            rotate();
        }

        assertThat(recorder.size()).isZero();
        recorder.duration(Metric.DB_DURATION, A).record(1);
        assertThat(rotate().entries().get(0).attributes()).isEqualTo(A);
    }

    @Test
    void whatRequestsDidKeepsNothingElseOut() {
        for (String route : List.of("/a", "/b", "/c")) {
            Attributes of = Attributes.of(Attribute.HTTP_ROUTE, route);
            recorder.amount(Metric.REQUEST_STATEMENT_RUNS, of).record(1);
            recorder.duration(Metric.REQUEST_STATEMENT_TIME, of).record(1);
        }
        for (String query : List.of("a", "b", "c")) {
            recorder.duration(Metric.DB_DURATION, Attributes.of(Attribute.DB_QUERY, query))
                    .record(1);
        }

        List<Window.Entry> entries = rotate().entries();
        assertThat(entries)
                .filteredOn(entry -> entry.metric() == Metric.DB_DURATION)
                .hasSize(3)
                .noneMatch(entry -> entry.attributes().equals(Attributes.OVERFLOWN));
        assertThat(entries)
                .filteredOn(entry -> entry.metric() == Metric.REQUEST_STATEMENT_RUNS)
                .hasSize(2)
                .anyMatch(entry -> entry.attributes().equals(Attributes.OVERFLOWN)
                        && entry.histogram().count() == 2);
    }

    @Test
    void takesBackAnEvictedSeriesThatAHookStillHolds() {
        DurationSeries held = recorder.duration(Metric.DB_DURATION, A);
        for (int i = 0; i < 4; i++) {
            rotate();
        }
        held.record(1);

        assertThat(count(rotate())).isEqualTo(1);
        assertThat(recorder.size()).isEqualTo(1);
        assertThat(recorder.duration(Metric.DB_DURATION, A)).isSameAs(held);
    }

    @Test
    void addsUpAnEvictedSeriesAndItsSuccessor() {
        DurationSeries held = recorder.duration(Metric.DB_DURATION, A);
        for (int i = 0; i < 4; i++) {
            rotate();
        }
        DurationSeries successor = recorder.duration(Metric.DB_DURATION, A);
        successor.record(1);
        held.record(1);

        Window window = rotate();
        assertThat(successor).isNotSameAs(held);
        assertThat(window.entries()).hasSize(1);
        assertThat(count(window)).isEqualTo(2);
    }

    @Test
    void losesAndDoublesNothingWhileSeriesComeAndGo() throws Exception {
        Recorder hasty = new Recorder(Clock.SYSTEM, 0, 6, 10, 10);
        int threads = 6;
        int perThread = 50_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            done.add(pool.submit(() -> {
                DurationSeries kept = hasty.duration(Metric.DB_DURATION, A);
                CounterSeries keptCounter = hasty.counter(Metric.DB_ROWS, A);
                for (int i = 0; i < perThread; i++) {
                    kept.record(i);
                    keptCounter.add(1);
                    if (i % 16 == 0) {
                        Attributes other = Attributes.of(Attribute.DB_QUERY, "q" + i % 160);
                        hasty.duration(Metric.DB_DURATION, other).record(i);
                        hasty.counter(Metric.DB_ROWS, other).add(1);
                    }
                }
            }));
        }
        long total = 0;
        boolean last;
        do {
            last = done.stream().allMatch(Future::isDone);
            total += count(hasty.rotate(0, 1));
        } while (!last);
        for (Future<?> each : done) {
            each.get(30, TimeUnit.SECONDS);
        }
        pool.shutdown();

        assertThat(total).isEqualTo(2L * threads * (perThread + perThread / 16));
    }

    @Test
    void goesOnWhenAGaugeThrows() {
        recorder.gauges(sink -> {
            sink.value(Metric.JVM_THREADS, Attributes.NONE, 5);
            throw new IllegalStateException("broken");
        });
        recorder.gauges(sink -> sink.value(Metric.JVM_CLASSES, Attributes.NONE, 6));
        recorder.counter(Metric.DB_ROWS, A).add(7);

        Window window = rotate();
        assertThat(window.entries())
                .extracting(Window.Entry::metric)
                .containsExactly(Metric.AGENT_FAILURES, Metric.JVM_CLASSES, Metric.DB_ROWS);
    }
}
