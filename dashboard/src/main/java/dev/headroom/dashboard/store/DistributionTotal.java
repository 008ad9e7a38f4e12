package dev.headroom.dashboard.store;

import dev.headroom.histogram.HistogramTotal;
import dev.headroom.histogram.LimitCounts;
import org.jspecify.annotations.Nullable;

/** The sum of many distributions: what {@link Value.Distribution#merge} of them all would be, added up in place. Not thread-safe. */
public final class DistributionTotal {
    private static final long[] NONE = {};

    private final HistogramTotal histogram = new HistogramTotal();
    /** The only one so far, kept as it is: most are never added to. */
    private Value.@Nullable Distribution only;

    private LimitCounts limits;
    /** At these limits. */
    private long[] counts = NONE;

    private double coarseError;
    private long untimed;

    public DistributionTotal(Value.Distribution first) {
        only = first;
        limits = first.limits();
    }

    public void add(Value.Distribution other) {
        if (only != null) {
            histogram.add(only.histogram());
            take(only.limits());
            coarseError = only.coarseError();
            untimed = only.untimed();
            only = null;
        }
        untimed += other.untimed();
        if (other.histogram().count() == 0) {
            return;
        }
        if (histogram.empty()) {
            take(other.limits());
            coarseError = other.coarseError();
        } else if (limits.sameLimits(other.limits())) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += other.limits().bucket(i);
            }
        } else {
            take(limits.withCounts(counts).merge(other.limits()));
        }
        coarseError = Math.max(coarseError, other.coarseError());
        histogram.add(other.histogram());
    }

    private void take(LimitCounts other) {
        limits = other;
        counts = counts(other);
    }

    private static long[] counts(LimitCounts limits) {
        long[] counts = new long[limits.limits() + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = limits.bucket(i);
        }
        return counts;
    }

    /** The sum so far; what is added later does not change it. */
    public Value.Distribution value() {
        return only != null
                ? only
                : new Value.Distribution(histogram.snapshot(), limits.withCounts(counts.clone()), coarseError, untimed);
    }
}
