package dev.headroom.core.record;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import java.util.concurrent.ConcurrentHashMap;

/** Durations of one kind of call. Thread-safe; {@link #record} allocates nothing in steady state. */
public final class DurationSeries {
    private static final int MAX_ERROR_TYPES = 20;

    private final Recorder recorder;
    private final MetricSlot slot;
    private final Metric metric;
    private final Attributes attributes;
    private final StripedHistogram histogram = new StripedHistogram();
    private final ConcurrentHashMap<String, DurationSeries> failed = new ConcurrentHashMap<>();
    private volatile boolean evicted;
    private int idleWindows;

    DurationSeries(Recorder recorder, MetricSlot slot, Metric metric, Attributes attributes) {
        this.recorder = recorder;
        this.slot = slot;
        this.metric = metric;
        this.attributes = attributes;
    }

    public void record(long nanos) {
        histogram.record(nanos, slot.limits);
        if (evicted) {
            recorder.readmit(this);
        }
    }

    /** The series of the same calls when they fail in this way. */
    public DurationSeries failed(String errorType) {
        DurationSeries known = failed.get(errorType);
        if (known != null) {
            return known;
        }
        String admitted = failed.size() < MAX_ERROR_TYPES ? errorType : "_OTHER";
        DurationSeries created = recorder.duration(metric, attributes.with(Attribute.ERROR_TYPE, admitted));
        failed.put(admitted, created);
        return created;
    }

    Metric metric() {
        return metric;
    }

    Attributes attributes() {
        return attributes;
    }

    StripedHistogram.Drained drain() {
        StripedHistogram.Drained drained = histogram.drain();
        idleWindows = drained.histogram.count() == 0 ? idleWindows + 1 : 0;
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
