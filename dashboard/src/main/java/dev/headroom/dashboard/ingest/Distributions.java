package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import dev.headroom.otlp.ExplicitHistogram;
import java.util.Arrays;

/** Other senders' histograms as distributions of seconds. Stateless. */
final class Distributions {
    private static final double NANOS_PER_SECOND = 1e9;

    private Distributions() {}

    /** @param factor to seconds */
    static Value.Distribution of(HistogramSnapshot histogram, double factor) {
        if (factor == 1) {
            return new Value.Distribution(histogram, LimitCounts.NONE, 0);
        }
        Refill refill = new Refill();
        refill.zeros = histogram.zeroCount();
        for (int i = 0; i < histogram.bucketCount(); i++) {
            double low = histogram.bucketLowerBound(i);
            double high = histogram.bucketUpperBound(i);
            refill.add(2 * low * high / (low + high) * factor, histogram.bucket(i));
        }
        HistogramSnapshot scaled =
                refill.snapshot(histogram.sum() * factor, histogram.min() * factor, histogram.max() * factor);
        double error = (1 + histogram.relativeError()) * (1 + scaled.relativeError()) - 1;
        return new Value.Distribution(scaled, LimitCounts.NONE, error);
    }

    /**
     * Every bucket's count goes to the middle that is as far from its lower as from its upper bound, relatively; the error is that
     * of the widest bucket with values in it, and 1 where a bucket has no known bound. At the bounds the counts stay exact.
     *
     * @param factor to seconds
     */
    static Value.Distribution of(ExplicitHistogram histogram, double factor) {
        double[] bounds = histogram.bounds();
        long[] counts = histogram.counts();
        double knownMin = histogram.min() >= 0 ? histogram.min() : 0;
        Refill refill = new Refill();
        double coarsest = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                continue;
            }
            double low = Math.max(i == 0 ? 0 : bounds[i - 1], knownMin);
            double high = i < bounds.length ? bounds[i] : Math.max(histogram.max(), low);
            high = histogram.max() > low ? Math.min(high, histogram.max()) : high;
            if (!(high > 0)) {
                refill.zeros += counts[i];
            } else if (i == bounds.length && !(histogram.max() > 0)) {
                // Nothing is known above the last bound but that it was passed.
                refill.add(Math.max(low, high) * factor, counts[i]);
                coarsest = 1;
            } else if (low <= 0) {
                refill.add(high / 2 * factor, counts[i]);
                coarsest = 1;
            } else {
                refill.add(2 * low * high / (low + high) * factor, counts[i]);
                coarsest = Math.max(coarsest, (high - low) / (high + low));
            }
        }
        HistogramSnapshot snapshot = refill.snapshot(
                histogram.sum() * factor,
                histogram.min() >= 0 ? histogram.min() * factor : Double.POSITIVE_INFINITY,
                histogram.max() > 0 ? histogram.max() * factor : 0);
        double error = Math.min(1, (1 + coarsest) * (1 + snapshot.relativeError()) - 1);
        return new Value.Distribution(snapshot, limits(bounds, counts, factor), error);
    }

    private static LimitCounts limits(double[] bounds, long[] counts, double factor) {
        long[] nanos = new long[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            nanos[i] = Math.round(bounds[i] * factor * NANOS_PER_SECOND);
            if (nanos[i] <= (i == 0 ? -1 : nanos[i - 1])) {
                return LimitCounts.NONE;
            }
        }
        return new LimitCounts(nanos, counts.clone());
    }

    /** Fills an exponential histogram with counts instead of single values. */
    private static final class Refill {
        private HistogramSnapshot filled = HistogramSnapshot.EMPTY;
        private long zeros;

        void add(double value, long times) {
            if (times == 0) {
                return;
            }
            ExponentialHistogram one = new ExponentialHistogram();
            one.record(value);
            HistogramSnapshot place = one.snapshot();
            long[] buckets = new long[place.bucketCount()];
            Arrays.fill(buckets, times);
            filled = filled.merge(
                    new HistogramSnapshot(place.scale(), place.offset(), buckets, 0, 0, Double.POSITIVE_INFINITY, 0));
        }

        HistogramSnapshot snapshot(double sum, double min, double max) {
            long[] buckets = new long[filled.bucketCount()];
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = filled.bucket(i);
            }
            return new HistogramSnapshot(filled.scale(), filled.offset(), buckets, zeros, sum, min, max);
        }
    }
}
