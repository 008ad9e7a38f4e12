package dev.headroom.core.record;

import java.util.concurrent.ConcurrentHashMap;

/** The series of one metric and the limits counted for it. Thread-safe. */
final class MetricSlot {
    final ConcurrentHashMap<Attributes, DurationSeries> durations = new ConcurrentHashMap<>();
    final ConcurrentHashMap<Attributes, CounterSeries> counters = new ConcurrentHashMap<>();
    volatile Limits limits = Limits.NONE;

    int size() {
        return durations.size() + counters.size();
    }
}
