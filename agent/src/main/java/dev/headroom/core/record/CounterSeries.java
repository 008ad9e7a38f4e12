package dev.headroom.core.record;

import dev.headroom.catalog.Metric;
import java.util.concurrent.atomic.LongAdder;

/** Events of one kind. Thread-safe; {@link #add} allocates nothing in steady state. */
public final class CounterSeries {
    private final Recorder recorder;
    private final Metric metric;
    private final Attributes attributes;
    private final LongAdder adder = new LongAdder();
    private volatile boolean evicted;
    private int idleWindows;

    CounterSeries(Recorder recorder, Metric metric, Attributes attributes) {
        this.recorder = recorder;
        this.metric = metric;
        this.attributes = attributes;
    }

    public void add(long amount) {
        adder.add(amount);
        if (evicted) {
            recorder.readmit(this);
        }
    }

    Metric metric() {
        return metric;
    }

    Attributes attributes() {
        return attributes;
    }

    long drain() {
        long drained = adder.sumThenReset();
        idleWindows = drained == 0 ? idleWindows + 1 : 0;
        return drained;
    }

    int idleWindows() {
        return idleWindows;
    }

    void evicted(boolean value) {
        evicted = value;
        if (!value) {
            idleWindows = 0;
        }
    }
}
