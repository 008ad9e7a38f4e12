package dev.headroom.dashboard.metrics;

import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.HistogramTotal;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;

/**
 * All durations, or amounts, of one series since the dashboard's start, as a native and as a classic histogram of the same count. Not
 * thread-safe.
 *
 * <p>Each window adds to the classic buckets what surely lies at or below their bounds: exact where the agent counted at a bound,
 * else the exponential buckets that end there. Windows only ever add, so every bucket is monotone.
 */
final class ReceivedDurations {
    private static final int LARGEST_SCHEMA = 8;
    private static final int SMALLEST_SCHEMA = -4;
    private static final double ZERO_THRESHOLD = 1e-128;

    private final double[] bounds;
    private final double half;
    private final long[] counts;
    private final HistogramTotal total = new HistogramTotal();

    /**
     * @param bounds ascending seconds or amounts, without infinity
     * @param whole whether bounds and values are whole numbers: then all is known of a bucket that holds one of them
     */
    ReceivedDurations(double[] bounds, boolean whole) {
        this.bounds = bounds;
        this.half = whole ? 0.5 : 0;
        this.counts = new long[bounds.length + 1];
    }

    void add(Value.Distribution window) {
        HistogramSnapshot histogram = window.histogram();
        total.add(histogram);
        long before = 0;
        for (int i = 0; i < bounds.length; i++) {
            long atMost = Math.max(before, atMost(window, bounds[i]));
            counts[i] += atMost - before;
            before = atMost;
        }
        counts[bounds.length] += histogram.count() - before;
    }

    /** Values that surely are at most the bound. */
    private long atMost(Value.Distribution window, double bound) {
        double reached = bound + half;
        double least = window.histogram().min();
        boolean allGreater = !window.coarse() && least < Double.POSITIVE_INFINITY && reached < least;
        return allGreater ? 0 : window.histogram().count() - window.possiblyAbove(Math.round(reached * 1e9));
    }

    HistogramDataPointSnapshot snapshot(Labels labels) {
        double[] upper = new double[bounds.length + 1];
        System.arraycopy(bounds, 0, upper, 0, bounds.length);
        upper[bounds.length] = Double.POSITIVE_INFINITY;
        HistogramSnapshot all = total.snapshot();
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(upper, counts.clone()),
                schema(all),
                all.zeroCount(),
                ZERO_THRESHOLD,
                buckets(all),
                NativeHistogramBuckets.EMPTY,
                all.sum(),
                labels,
                Exemplars.EMPTY,
                0);
    }

    private static int schema(HistogramSnapshot total) {
        return Math.max(SMALLEST_SCHEMA, Math.min(LARGEST_SCHEMA, total.scale()));
    }

    /** Prometheus numbers a bucket by its upper bound, OpenTelemetry by its lower one. */
    private static NativeHistogramBuckets buckets(HistogramSnapshot total) {
        int shift = total.scale() - schema(total);
        NativeHistogramBuckets.Builder builder = NativeHistogramBuckets.builder();
        long gathered = 0;
        for (int i = 0; i < total.bucketCount(); i++) {
            gathered += total.bucket(i);
            int index = (total.offset() + i) >> Math.max(0, shift);
            boolean last = i + 1 == total.bucketCount() || (total.offset() + i + 1) >> Math.max(0, shift) != index;
            if (last && gathered > 0) {
                builder.bucket(index + 1, gathered);
            }
            gathered = last ? 0 : gathered;
        }
        return builder.build();
    }
}
