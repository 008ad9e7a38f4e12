package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Window;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final Attributes A = Attributes.of(Attribute.HTTP_ROUTE, "/a");

    private static Backlog backlog(int maxWindows, long maxBytes) {
        return new Backlog(new OtlpEncoding(Map.of(), "1"), maxWindows, maxBytes);
    }

    private static Window.Entry value(Metric metric, double value) {
        return new Window.Entry(metric, A, HistogramSnapshot.EMPTY, LimitCounts.NONE, value);
    }

    private static Window window(int at, Window.Entry... entries) {
        return new Window(at * 1_000L, (at + 1) * 1_000L, List.of(entries));
    }

    @Test
    void numbersBatchesInTheOrderOfSending() {
        Backlog backlog = backlog(10, 1 << 20);
        backlog.add(window(0));
        backlog.add(window(1));

        assertThat(backlog.next().sequence()).isEqualTo(1);
        assertThat(backlog.next()).isSameAs(backlog.next());
        backlog.settled();
        assertThat(backlog.next().sequence()).isEqualTo(2);
        backlog.settled();
        assertThat(backlog.next()).isNull();
    }

    @Test
    void neverMergesWhatWasSent() {
        Backlog backlog = backlog(2, 1 << 20);
        backlog.add(window(0, value(Metric.DB_ROWS, 1)));
        Batch sent = backlog.next();
        byte[] bytes = sent.bytes().clone();
        for (int i = 1; i < 10; i++) {
            backlog.add(window(i, value(Metric.DB_ROWS, 1)));
        }

        assertThat(backlog.next()).isSameAs(sent);
        assertThat(sent.bytes()).isEqualTo(bytes);
        assertThat(backlog.size()).isEqualTo(3);
        assertThat(backlog.merged()).isEqualTo(7);
    }

    @Test
    void staysWithinItsBytesByMerging() {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 0; i < 300; i++) {
            histogram.record(Math.pow(2, i / 32.0));
        }
        HistogramSnapshot wide = histogram.snapshot();
        Backlog backlog = backlog(1_000, 20_000);
        for (int i = 0; i < 100; i++) {
            backlog.add(window(i, new Window.Entry(Metric.DB_DURATION, A, wide, LimitCounts.NONE, 0)));
        }

        assertThat(backlog.heapBytes()).isLessThanOrEqualTo(20_000);
        assertThat(backlog.size() + backlog.merged()).isEqualTo(100);
    }

    @Test
    void coarsensAnOutageEvenlyInCellsThatStoresRollUpTo() {
        Backlog backlog = backlog(120, 1 << 24);
        long hours = 3;
        for (int i = 0; i < hours * 720; i++) {
            backlog.add(new Window(i * 5_000L, (i + 1) * 5_000L, List.of(value(Metric.DB_ROWS, 1))));
        }

        List<Window> waiting = backlog.waiting();
        assertThat(waiting).hasSize(120);
        long end = 0;
        double total = 0;
        for (Window window : waiting) {
            assertThat(window.startMillis()).isEqualTo(end);
            end = window.endMillis();
            long length = window.endMillis() - window.startMillis();
            long cell = length <= 10_000 ? 10_000 : length <= 60_000 ? 60_000 : 600_000;
            assertThat(length).isLessThanOrEqualTo(600_000);
            assertThat(window.startMillis() / cell)
                    .as("%d to %d lies in one cell", window.startMillis(), window.endMillis())
                    .isEqualTo((window.endMillis() - 1) / cell);
            total += window.entries().get(0).value();
        }
        assertThat(end).isEqualTo(hours * 3_600_000);
        assertThat(total).isEqualTo(hours * 720);
    }

    @Test
    void tellsOfHowManyWindowsABatchIsMade() {
        Backlog backlog = backlog(2, 1 << 20);
        for (int i = 0; i < 10; i++) {
            backlog.add(window(i, value(Metric.DB_ROWS, 1)));
        }

        int windows = 0;
        for (Batch batch = backlog.next(); batch != null; batch = backlog.next()) {
            windows += batch.windows();
            backlog.settled();
        }
        assertThat(windows).isEqualTo(10);
    }

    /** Hours without a dashboard: many series that come and go, wide histograms, limits that change, calls without times. */
    @Test
    void staysWithinItsBytesForHoursWhateverIsMeasuredAndLosesNoCall() {
        Random random = new Random(7);
        long maxBytes = 256 << 10;
        Backlog backlog = backlog(120, maxBytes);
        long calls = 0;
        long untimed = 0;
        double rows = 0;
        for (int i = 0; i < 6 * 720; i++) {
            List<Window.Entry> entries = new ArrayList<>();
            entries.add(value(Metric.JVM_THREADS, i));
            for (int n = 0; n < 6; n++) {
                ExponentialHistogram histogram = new ExponentialHistogram();
                int count = 1 + random.nextInt(5);
                for (int call = 0; call < count; call++) {
                    histogram.record(Math.pow(10, -8 + 10 * random.nextDouble()));
                }
                LimitCounts limits = i / 500 % 2 == 0
                        ? new LimitCounts(new long[] {1_000_000, 100_000_000}, new long[] {count, 0, 0})
                        : new LimitCounts(new long[] {100_000_000}, new long[] {count, 0});
                // Series that nobody has seen before, with the text of a statement.
                Attributes attributes =
                        Attributes.of(Attribute.DB_QUERY, "SELECT * FROM a" + random.nextInt(100_000) + " WHERE b = ?");
                entries.add(new Window.Entry(Metric.DB_DURATION, attributes, histogram.snapshot(), limits, n));
                entries.add(
                        new Window.Entry(Metric.DB_ROWS, attributes, HistogramSnapshot.EMPTY, LimitCounts.NONE, 0.5));
                calls += count;
                untimed += n;
                rows += 0.5;
            }
            backlog.add(new Window(i * 5_000L, (i + 1) * 5_000L, entries));
            assertThat(backlog.heapBytes()).isLessThanOrEqualTo(maxBytes);
        }

        long keptCalls = 0;
        double keptUntimed = 0;
        double keptRows = 0;
        for (Window window : backlog.waiting()) {
            for (Window.Entry entry : window.entries()) {
                if (entry.metric() == Metric.DB_DURATION) {
                    keptCalls += entry.histogram().count();
                    keptUntimed += entry.value();
                } else if (entry.metric() == Metric.DB_ROWS) {
                    keptRows += entry.value();
                }
            }
        }
        assertThat(keptCalls).isEqualTo(calls);
        assertThat(keptUntimed).isEqualTo(untimed);
        assertThat(keptRows).isEqualTo(rows);
    }

    @Test
    void mergesCountersByAddingGaugesByTheLaterAndHistogramsExactly() {
        ExponentialHistogram one = new ExponentialHistogram();
        one.record(0.5);
        ExponentialHistogram two = new ExponentialHistogram();
        two.record(1e-9);
        two.record(1e9);
        LimitCounts limits = new LimitCounts(new long[] {10, 20}, new long[] {0, 0, 1});
        LimitCounts changed = new LimitCounts(new long[] {20}, new long[] {1, 1});

        Window merged = new WindowMerge()
                .merge(
                        window(
                                3,
                                value(Metric.DB_ROWS, 1),
                                value(Metric.JVM_THREADS, 5),
                                new Window.Entry(Metric.DB_DURATION, A, one.snapshot(), limits, 0)),
                        window(
                                4,
                                value(Metric.DB_ROWS, 2),
                                value(Metric.JVM_THREADS, 7),
                                new Window.Entry(Metric.DB_DURATION, A, two.snapshot(), changed, 0)));

        assertThat(merged.startMillis()).isEqualTo(3_000);
        assertThat(merged.endMillis()).isEqualTo(5_000);
        assertThat(merged.entries()).hasSize(3);
        assertThat(merged.entries().get(0).value()).isEqualTo(3);
        assertThat(merged.entries().get(1).value()).isEqualTo(7);
        assertThat(merged.entries().get(2).histogram().count()).isEqualTo(3);
        assertThat(merged.entries().get(2).limits()).isEqualTo(new LimitCounts(new long[] {20}, new long[] {1, 2}));
    }

    @Test
    void addsWhatTheCapsKeepOutOfAMergeToTheOverflowSeries() {
        Random random = new Random(1);
        Window all = window(0);
        double total = 0;
        WindowMerge merge = new WindowMerge(5, 8);
        for (int i = 1; i < 50; i++) {
            List<Window.Entry> entries = new ArrayList<>();
            for (Metric metric : new Metric[] {Metric.DB_ROWS, Metric.CACHE_GETS}) {
                Attributes attributes = Attributes.of(Attribute.DB_QUERY, "q" + random.nextInt(100));
                entries.add(new Window.Entry(metric, attributes, HistogramSnapshot.EMPTY, LimitCounts.NONE, i));
                total += i;
            }
            all = merge.merge(all, window(i, entries.toArray(new Window.Entry[0])));
        }

        assertThat(all.entries()).hasSizeLessThanOrEqualTo(8 + 2);
        assertThat(all.entries().stream().mapToDouble(Window.Entry::value).sum())
                .isEqualTo(total);
    }
}
