package dev.headroom.dashboard.operations;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds gauges up over the JVMs that were alive at the end of the range. */
final class PoolGauges {
    /** A JVM that has not reported for so long is gone; its last readings are no longer true. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Set<String> alive = new HashSet<>();

    PoolGauges(Reading reading, List<Instance> instances) {
        Instant newest = reading.range().to();
        for (Instance instance : instances) {
            if (instance.lastReport().isAfter(newest.minus(SILENCE))) {
                alive.add(instance.instance());
            }
        }
    }

    /**
     * @param state of the connections, or null for metrics without
     * @return null without a reading
     */
    @Nullable
    Double total(List<SeriesData> series, Metric metric, @Nullable String state) {
        Double total = null;
        for (SeriesData one : series) {
            if (one.key().is(metric)
                    && one.value() instanceof Value.Gauge gauge
                    && alive.contains(one.instance())
                    && (state == null || state.equals(one.key().get(Attribute.POOL_STATE)))) {
                total = (total == null ? 0 : total) + gauge.last();
            }
        }
        return total;
    }
}
