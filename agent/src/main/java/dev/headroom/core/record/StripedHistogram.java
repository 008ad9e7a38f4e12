package dev.headroom.core.record;

import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;

/**
 * Durations recorded from many threads: as many stripes as processors (a power of two), each an {@link ExponentialHistogram} and
 * the counts at the limits under one lock, so both always agree. A thread keeps to its stripe; the lock is uncontended unless
 * two threads share one.
 */
final class StripedHistogram {
    static final int STRIPES = stripes(Runtime.getRuntime().availableProcessors());

    private static final double SECONDS_PER_NANO = 1e-9;

    private final Stripe[] stripes = new Stripe[STRIPES];

    private static int stripes(int processors) {
        int stripes = 1;
        while (stripes < processors && stripes < 16) {
            stripes <<= 1;
        }
        return stripes;
    }

    void record(long nanos, Limits limits) {
        int at = (int) ((Thread.currentThread().getId() * 0x9E3779B97F4A7C15L) >>> 60) & (STRIPES - 1);
        Stripe stripe = stripes[at];
        if (stripe == null) {
            stripe = create(at);
        }
        stripe.record(nanos, limits);
    }

    private synchronized Stripe create(int at) {
        if (stripes[at] == null) {
            stripes[at] = new Stripe();
        }
        return stripes[at];
    }

    /** Everything since the last drain, exactly once. */
    Drained drain() {
        HistogramSnapshot histogram = HistogramSnapshot.EMPTY;
        LimitCounts counts = null;
        for (Stripe stripe : stripes) {
            if (stripe != null) {
                synchronized (stripe) {
                    if (stripe.histogram.count() > 0) {
                        histogram = histogram.merge(stripe.histogram.snapshotAndReset());
                        LimitCounts drained = stripe.drainLimits();
                        counts = counts == null ? drained : counts.merge(drained);
                    }
                }
            }
        }
        return new Drained(histogram, counts == null ? LimitCounts.NONE : counts);
    }

    /** A histogram and the exact counts that belong to it. */
    static final class Drained {
        final HistogramSnapshot histogram;
        final LimitCounts limits;

        Drained(HistogramSnapshot histogram, LimitCounts limits) {
            this.histogram = histogram;
            this.limits = limits;
        }
    }

    private static final class Stripe {
        final ExponentialHistogram histogram = new ExponentialHistogram();
        private Limits limits = Limits.NONE;
        private long[] counts = new long[1];

        synchronized void record(long nanos, Limits wanted) {
            histogram.record(nanos * SECONDS_PER_NANO);
            if (limits != wanted) {
                adopt(wanted);
            }
            counts[limits.bucket(nanos)]++;
        }

        /** New limits begin with an empty window; in a window already begun, what came before is known at no limit. */
        private void adopt(Limits wanted) {
            if (histogram.count() == 1) {
                limits = wanted;
                counts = new long[wanted.size() + 1];
            }
        }

        LimitCounts drainLimits() {
            LimitCounts drained = limits.counts(counts.clone());
            java.util.Arrays.fill(counts, 0);
            return drained;
        }
    }
}
