package dev.headroom.core.record;

import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Durations in nanoseconds, or amounts in billionths of their unit, recorded from many threads. A stripe is an {@link ExponentialHistogram} and the counts at the limits under one flag,
 * so both always agree. There is one stripe until two threads meet; then the number doubles, up to {@link #MAX_STRIPES}, and each
 * thread keeps to one. No monitor: nothing parks, and a virtual thread is not pinned.
 */
final class StripedHistogram {
    static final int MAX_STRIPES = stripes(Runtime.getRuntime().availableProcessors());

    private static final double NANOS_PER_SECOND = 1e9;

    /** A drain takes about a microsecond; waiting that long is better than a stripe that stays for ever. */
    private static final int DRAIN_SPINS = 200;

    private final AtomicReferenceArray<Stripe> stripes = new AtomicReferenceArray<>(MAX_STRIPES);
    private volatile int mask;

    StripedHistogram() {
        stripes.set(0, new Stripe());
    }

    private static int stripes(int processors) {
        int stripes = 2;
        while (stripes < 2 * processors && stripes < 16) {
            stripes <<= 1;
        }
        return stripes;
    }

    void record(long nanos, Limits limits) {
        int home = (int) ((Thread.currentThread().getId() * 0x9E3779B97F4A7C15L) >>> 60);
        Stripe stripe = stripe(home & mask);
        if (!stripe.acquire(Stripe.RECORDING)) {
            stripe = acquireElsewhere(home, stripe);
        }
        try {
            stripe.record(nanos, limits);
        } finally {
            stripe.release();
        }
    }

    private Stripe acquireElsewhere(int home, Stripe busy) {
        Stripe stripe = busy;
        for (int spins = 0; stripe.busy == Stripe.DRAINING && spins < DRAIN_SPINS; spins++) {
            if (stripe.acquire(Stripe.RECORDING)) {
                return stripe;
            }
        }
        for (int at = home; ; at++) {
            int current = mask;
            if (current < MAX_STRIPES - 1) {
                mask = (current << 1) | 1;
            } else if (at - home >= MAX_STRIPES) {
                giveWay();
            }
            stripe = stripe(at & mask);
            if (stripe.acquire(Stripe.RECORDING)) {
                return stripe;
            }
        }
    }

    /** The holder runs a dozen instructions; if it is not running, it needs the processor that we have. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void giveWay() {
        Thread.yield();
    }

    private Stripe stripe(int at) {
        Stripe stripe = stripes.get(at);
        if (stripe == null) {
            stripe = new Stripe();
            if (!stripes.compareAndSet(at, null, stripe)) {
                return stripes.get(at);
            }
        }
        return stripe;
    }

    /** Everything since the last drain, exactly once. */
    Drained drain() {
        HistogramSnapshot histogram = HistogramSnapshot.EMPTY;
        LimitCounts counts = null;
        for (int i = 0; i < MAX_STRIPES; i++) {
            Stripe stripe = stripes.get(i);
            if (stripe != null) {
                while (!stripe.acquire(Stripe.DRAINING)) {
                    giveWay();
                }
                try {
                    if (stripe.histogram.count() > 0) {
                        LimitCounts drained = stripe.limitCounts();
                        counts = counts == null ? drained : counts.merge(drained);
                        histogram = histogram.merge(stripe.drain());
                    }
                } finally {
                    stripe.release();
                }
            }
        }
        return new Drained(histogram, counts == null ? LimitCounts.NONE : counts);
    }

    /** Estimated heap of the stripes in use. A histogram may grow meanwhile; for the agent's thread. */
    long heapBytes() {
        long bytes = 40 + 16 + 4L * MAX_STRIPES;
        for (int i = 0; i < MAX_STRIPES; i++) {
            Stripe stripe = stripes.get(i);
            if (stripe != null) {
                bytes += 32 + 16 + 8L * stripe.counts.length + stripe.histogram.heapBytes();
            }
        }
        return bytes;
    }

    /** Stripes in use. */
    int stripeCount() {
        int count = 0;
        for (int i = 0; i < MAX_STRIPES; i++) {
            count += stripes.get(i) == null ? 0 : 1;
        }
        return count;
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

    /** Fields other than {@code busy} belong to the thread that set it. */
    private static final class Stripe {
        static final int FREE = 0;
        static final int RECORDING = 1;
        static final int DRAINING = 2;

        private static final AtomicIntegerFieldUpdater<Stripe> BUSY =
                AtomicIntegerFieldUpdater.newUpdater(Stripe.class, "busy");

        volatile int busy;
        final ExponentialHistogram histogram = new ExponentialHistogram();
        private Limits limits = Limits.NONE;
        private long[] counts = new long[1];

        boolean acquire(int what) {
            return busy == FREE && BUSY.compareAndSet(this, FREE, what);
        }

        void release() {
            BUSY.lazySet(this, FREE);
        }

        /** New limits are adopted by the first value of a window: what came before it would be known at no limit. */
        void record(long nanos, Limits wanted) {
            if (limits != wanted && histogram.count() == 0) {
                counts = new long[wanted.size() + 1];
                limits = wanted;
            }
            histogram.record(nanos / NANOS_PER_SECOND);
            counts[limits.bucket(nanos)]++;
        }

        LimitCounts limitCounts() {
            return limits.counts(counts.clone());
        }

        HistogramSnapshot drain() {
            HistogramSnapshot drained = histogram.snapshotAndReset();
            Arrays.fill(counts, 0);
            return drained;
        }
    }
}
