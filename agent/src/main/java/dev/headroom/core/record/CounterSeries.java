package dev.headroom.core.record;

import dev.headroom.catalog.Metric;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Events of one kind. Thread-safe; {@link #add} allocates nothing in steady state. */
public final class CounterSeries extends Series {
    /** Only ever added to: on Java 8 {@code sumThenReset} loses what is added meanwhile, while differences of sums lose nothing. */
    private final LongAdder total = new LongAdder();

    private long drained;

    CounterSeries(MetricSlot slot, Metric metric, Attributes attributes) {
        super(slot, metric, attributes);
    }

    /** @param amount not negative */
    public void add(long amount) {
        total.add(amount);
        recorded();
    }

    @Override
    long heapBytes() {
        return 48 + 32;
    }

    @Override
    Window.@Nullable Entry drain() {
        long now = total.sum();
        long since = now - drained;
        drained = now;
        return since == 0
                ? null
                : new Window.Entry(metric(), attributes(), HistogramSnapshot.EMPTY, LimitCounts.NONE, (double) since);
    }
}
