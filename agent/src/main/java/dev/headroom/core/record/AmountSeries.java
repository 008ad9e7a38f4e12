package dev.headroom.core.record;

import dev.headroom.catalog.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Whole amounts, one for each event of a kind: statements of a request, rows of a query, bytes of a value. Kept like durations, with
 * a billionth of the unit in the place of a nanosecond. Thread-safe; {@link #record} allocates nothing in steady state.
 */
public final class AmountSeries extends Series {
    /** Larger ones are recorded as this: their billionths would not fit a long. */
    static final long MAX = Long.MAX_VALUE / 1_000_000_000;

    private static final long BILLIONTHS = 1_000_000_000;

    private final StripedHistogram histogram = new StripedHistogram();

    AmountSeries(MetricSlot slot, Metric metric, Attributes attributes) {
        super(slot, metric, attributes);
    }

    /** @param amount negative counts as zero, more than nine thousand million as that */
    public void record(long amount) {
        histogram.record(Math.max(0, Math.min(amount, MAX)) * BILLIONTHS, slot().limits);
        recorded();
    }

    @Override
    long heapBytes() {
        return 40 + histogram.heapBytes();
    }

    @Override
    Window.@Nullable Entry drain() {
        StripedHistogram.Drained drained = histogram.drain();
        return drained.histogram.count() == 0
                ? null
                : new Window.Entry(metric(), attributes(), drained.histogram, drained.limits, 0);
    }
}
