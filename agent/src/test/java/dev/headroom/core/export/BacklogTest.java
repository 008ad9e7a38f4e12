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

        assertThat(backlog.unsentBytes()).isLessThanOrEqualTo(20_000);
        assertThat(backlog.size() + backlog.merged()).isEqualTo(100);
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
