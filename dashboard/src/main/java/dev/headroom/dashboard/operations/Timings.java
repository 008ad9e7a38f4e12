package dev.headroom.dashboard.operations;

import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import org.jspecify.annotations.Nullable;

/** Adds up the series of one row. Not thread-safe. */
final class Timings {
    private static final double MILLIS = 1000;
    private static final Value.Distribution NOTHING =
            new Value.Distribution(HistogramSnapshot.EMPTY, LimitCounts.NONE, 0);

    private Value.Distribution total = NOTHING;
    private long errors;

    void add(Value.Distribution series, boolean failed) {
        total = total.merge(series);
        if (failed) {
            errors += series.histogram().count();
        }
    }

    long count() {
        return total.histogram().count();
    }

    Timing over(double seconds) {
        return over(seconds, errors);
    }

    Timing over(double seconds, long failures) {
        HistogramSnapshot histogram = total.histogram();
        long count = histogram.count();
        if (count == 0) {
            return new Timing(0, failures, 0, null, null, null, null, null, null);
        }
        return new Timing(
                count,
                failures,
                count / seconds,
                histogram.quantile(0.50) * MILLIS,
                histogram.quantile(0.95) * MILLIS,
                histogram.quantile(0.99) * MILLIS,
                histogram.max() > 0 ? histogram.max() * MILLIS : null,
                histogram.sum() * MILLIS,
                total.relativeError());
    }

    @Nullable
    Double p95Millis() {
        return count() == 0 ? null : total.histogram().quantile(0.95) * MILLIS;
    }
}
