package dev.headroom.histogram;

import java.util.Arrays;

/**
 * Exact counts of durations at the limits of budgets: how many values were at most each limit. Travels as an explicit-bucket
 * histogram whose bounds are the limits.
 *
 * <p>A limit is a whole number of nanoseconds and inclusive: the budget {@code < 100ms} becomes 99,999,999. Amounts have
 * billionths of their unit in the place of nanoseconds: {@code <= 5} statements become 5,000,000,000. Immutable and
 * thread-safe.
 */
public final class LimitCounts {
    /** No limits were counted. */
    public static final LimitCounts NONE = new LimitCounts(new long[0], new long[1]);

    private final long[] limitNanos;
    private final long[] counts;

    /**
     * @param limitNanos ascending, kept
     * @param counts one more than limits: values in (previous limit, limit], the last those above every limit; kept
     */
    public LimitCounts(long[] limitNanos, long[] counts) {
        if (counts.length != limitNanos.length + 1) {
            throw new IllegalArgumentException(
                    counts.length + " counts for " + limitNanos.length + " limits; expected one more than limits");
        }
        this.limitNanos = limitNanos;
        this.counts = counts;
    }

    public int limits() {
        return limitNanos.length;
    }

    public long limitNanos(int i) {
        return limitNanos[i];
    }

    /** Values in (limit i-1, limit i]; i may be {@link #limits} for those above all. */
    public long bucket(int i) {
        return counts[i];
    }

    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** Values greater than the limit, or -1 when this limit was not counted. */
    public long above(long limit) {
        int at = Arrays.binarySearch(limitNanos, limit);
        if (at < 0) {
            return -1;
        }
        long above = 0;
        for (int i = at + 1; i < counts.length; i++) {
            above += counts[i];
        }
        return above;
    }

    /** Whether both counted at the same limits. */
    public boolean sameLimits(LimitCounts other) {
        return limitNanos == other.limitNanos || Arrays.equals(limitNanos, other.limitNanos);
    }

    /** Other counts at these limits; kept, one more than limits. */
    public LimitCounts withCounts(long[] other) {
        return new LimitCounts(limitNanos, other);
    }

    /** Both together, at the limits that both counted: only there the sum is exact. */
    public LimitCounts merge(LimitCounts other) {
        if (sameLimits(other)) {
            long[] added = counts.clone();
            for (int i = 0; i < added.length; i++) {
                added[i] += other.counts[i];
            }
            return new LimitCounts(limitNanos, added);
        }
        long[] common = Arrays.stream(limitNanos)
                .filter(limit -> Arrays.binarySearch(other.limitNanos, limit) >= 0)
                .toArray();
        return project(common).merge(other.project(common));
    }

    private LimitCounts project(long[] limits) {
        long[] projected = new long[limits.length + 1];
        for (int i = 0; i < counts.length; i++) {
            int target = limits.length;
            if (i < limitNanos.length) {
                int found = Arrays.binarySearch(limits, limitNanos[i]);
                target = found >= 0 ? found : -found - 1;
            }
            projected[target] += counts[i];
        }
        return new LimitCounts(limits, projected);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LimitCounts
                && Arrays.equals(limitNanos, ((LimitCounts) other).limitNanos)
                && Arrays.equals(counts, ((LimitCounts) other).counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(limitNanos) * 31 + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "LimitCounts{nanos=" + Arrays.toString(limitNanos) + ", counts=" + Arrays.toString(counts) + "}";
    }
}
