package dev.headroom.dashboard.ingest;

import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.otlp.ExplicitHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was added between two points of a cumulative histogram. Minimum and maximum of that part are unknown, unless the total's
 * have moved. Stateless.
 */
final class HistogramDifference {
    private HistogramDifference() {}

    /** Null when the later is not a continuation of the earlier: a reset. */
    static @Nullable HistogramSnapshot of(HistogramSnapshot later, HistogramSnapshot earlier) {
        if (later.count() < earlier.count() || later.zeroCount() < earlier.zeroCount()) {
            return null;
        }
        int scale = Math.min(later.scale(), earlier.scale());
        int low = Integer.MAX_VALUE;
        int high = Integer.MIN_VALUE;
        if (later.bucketCount() > 0) {
            low = later.offset() >> (later.scale() - scale);
            high = (later.offset() + later.bucketCount() - 1) >> (later.scale() - scale);
        }
        long[] buckets = new long[high < low ? 0 : high - low + 1];
        for (int i = 0; i < later.bucketCount(); i++) {
            buckets[((later.offset() + i) >> (later.scale() - scale)) - low] += later.bucket(i);
        }
        for (int i = 0; i < earlier.bucketCount(); i++) {
            if (earlier.bucket(i) == 0) {
                continue;
            }
            int at = ((earlier.offset() + i) >> (earlier.scale() - scale)) - low;
            if (at < 0 || at >= buckets.length || buckets[at] < earlier.bucket(i)) {
                return null;
            }
            buckets[at] -= earlier.bucket(i);
        }
        return new HistogramSnapshot(
                scale,
                buckets.length == 0 ? 0 : low,
                buckets,
                later.zeroCount() - earlier.zeroCount(),
                Math.max(0, later.sum() - earlier.sum()),
                later.min() < earlier.min() ? later.min() : Double.POSITIVE_INFINITY,
                later.max() > earlier.max() ? later.max() : 0);
    }

    /** Null when the later is not a continuation of the earlier: a reset. */
    static @Nullable ExplicitHistogram of(ExplicitHistogram later, ExplicitHistogram earlier) {
        if (!Arrays.equals(later.bounds(), earlier.bounds())) {
            return null;
        }
        long[] counts = later.counts().clone();
        for (int i = 0; i < counts.length; i++) {
            counts[i] -= earlier.counts()[i];
            if (counts[i] < 0) {
                return null;
            }
        }
        return new ExplicitHistogram(
                later.bounds(),
                counts,
                Math.max(0, later.sum() - earlier.sum()),
                later.min() < earlier.min() ? later.min() : Double.NaN,
                later.max() > earlier.max() ? later.max() : Double.NaN);
    }
}
