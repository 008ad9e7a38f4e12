package dev.headroom.core.record;

import dev.headroom.histogram.LimitCounts;

/** The budgets' limits of one metric, in ascending nanoseconds, inclusive. Immutable and thread-safe. */
public final class Limits {
    public static final Limits NONE = new Limits();

    /** More are not counted: a linear look through them stays below the cost of a clock read. */
    public static final int MAX = 16;

    private final long[] nanos;

    public Limits(long... ascendingNanos) {
        this.nanos = ascendingNanos;
    }

    /** The smallest; without limits, more than any duration. */
    long tightest() {
        return nanos.length == 0 ? Long.MAX_VALUE : nanos[0];
    }

    int size() {
        return nanos.length;
    }

    /** Index of the first limit that the value does not exceed; {@link #size} when it exceeds all. */
    int bucket(long value) {
        int i = 0;
        while (i < nanos.length && value > nanos[i]) {
            i++;
        }
        return i;
    }

    LimitCounts counts(long[] counts) {
        return new LimitCounts(nanos, counts);
    }
}
