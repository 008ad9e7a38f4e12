package dev.headroom.core.hook.cache;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Gauges;

/** What the caches of one name counted in a window. For one thread. */
final class CacheReading {
    private static final double NANOS = 1e9;

    double hits;
    double misses;
    double loads;
    double loadNanos;
    double evictions;
    double size;

    void add(CacheReading other) {
        hits += other.hits;
        misses += other.misses;
        loads += other.loads;
        loadNanos += other.loadNanos;
        evictions += other.evictions;
        size += other.size;
    }

    void tell(String cache, Gauges.Sink sink) {
        Attributes name = Attributes.of(Attribute.CACHE_NAME, cache);
        counted(sink, Metric.CACHE_GETS, name.with(Attribute.CACHE_RESULT, "hit"), hits);
        counted(sink, Metric.CACHE_GETS, name.with(Attribute.CACHE_RESULT, "miss"), misses);
        counted(sink, Metric.CACHE_LOADS, name, loads);
        counted(sink, Metric.CACHE_LOAD_TIME, name, loadNanos / NANOS);
        counted(sink, Metric.CACHE_EVICTIONS, name, evictions);
        sink.value(Metric.CACHE_SIZE, name, size);
    }

    private static void counted(Gauges.Sink sink, Metric metric, Attributes attributes, double amount) {
        if (amount > 0) {
            sink.value(metric, attributes, amount);
        }
    }
}
