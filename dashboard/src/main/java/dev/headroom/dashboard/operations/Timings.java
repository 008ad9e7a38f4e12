package dev.headroom.dashboard.operations;

import dev.headroom.dashboard.store.DistributionTotal;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import org.jspecify.annotations.Nullable;

/** Adds up the series of one row. Not thread-safe. */
public final class Timings {
    private static final double MILLIS = 1000;
    private static final Value.Distribution NOTHING =
            new Value.Distribution(HistogramSnapshot.EMPTY, LimitCounts.NONE, 0);

    private @Nullable DistributionTotal sum;
    private long calls;
    private long errors;

    void add(Value.Distribution series, boolean failed) {
        addRoundTrips(series);
        addUntimed(series.calls(), failed);
    }

    /** Durations of something that is no call by itself, such as the one reply to a pipeline of many commands. */
    void addRoundTrips(Value.Distribution series) {
        if (sum == null) {
            sum = new DistributionTotal(series);
        } else {
            sum.add(series);
        }
    }

    /** Calls that have no duration of their own. */
    void addUntimed(long untimed, boolean failed) {
        calls += untimed;
        if (failed) {
            errors += untimed;
        }
    }

    private Value.Distribution total() {
        return sum == null ? NOTHING : sum.value();
    }

    Timing over(double seconds) {
        return over(seconds, errors);
    }

    Timing over(double seconds, long failures) {
        Value.Distribution total = total();
        HistogramSnapshot histogram = total.histogram();
        if (histogram.count() == 0) {
            return new Timing(
                    calls,
                    failures,
                    calls / seconds,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    total.untimed());
        }
        return new Timing(
                calls,
                failures,
                calls / seconds,
                histogram.quantile(0.50) * MILLIS,
                histogram.quantile(0.95) * MILLIS,
                histogram.quantile(0.99) * MILLIS,
                histogram.max() > 0 ? histogram.max() * MILLIS : null,
                histogram.sum() * MILLIS,
                total.relativeError(),
                between(total, 0.50),
                between(total, 0.95),
                between(total, 0.99),
                total.untimed());
    }

    /** Null unless the sender's buckets are coarse. */
    public static Timing.@Nullable Between between(Value.Distribution durations, double q) {
        if (!durations.coarse() || durations.histogram().count() == 0) {
            return null;
        }
        double[] seconds = durations.quantileBetween(q);
        return new Timing.Between(
                seconds[0] * MILLIS, Double.isInfinite(seconds[1]) ? null : Double.valueOf(seconds[1] * MILLIS));
    }

    @Nullable
    Double p95Millis() {
        HistogramSnapshot histogram = total().histogram();
        return histogram.count() == 0 ? null : histogram.quantile(0.95) * MILLIS;
    }
}
