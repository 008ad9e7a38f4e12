package dev.headroom.core.hook.pool;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CounterSeries;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** One pool with its series; holds the application's objects weakly. Immutable and thread-safe. */
final class Pool {
    private final WeakReference<Object> pool;
    private final WeakReference<@Nullable Object> config;
    final Attributes attributes;
    final DurationSeries wait;
    final DurationSeries use;
    final DurationSeries create;
    final CounterSeries timeouts;

    Pool(Object pool, @Nullable Object config, String name, Recorder recorder) {
        this.pool = new WeakReference<>(pool);
        this.config = new WeakReference<>(config);
        this.attributes = Attributes.of(Attribute.POOL_NAME, name);
        this.wait = recorder.duration(Metric.POOL_WAIT, attributes);
        this.use = recorder.duration(Metric.POOL_USE, attributes);
        this.create = recorder.duration(Metric.POOL_CREATE, attributes);
        this.timeouts = recorder.counter(Metric.POOL_TIMEOUTS, attributes);
    }

    /** The library's own object, or null when the application let go of it. */
    @Nullable
    Object itself() {
        return pool.get();
    }

    /** Another object of the library that knows of the pool, or null. */
    @Nullable
    Object config() {
        return config.get();
    }
}
