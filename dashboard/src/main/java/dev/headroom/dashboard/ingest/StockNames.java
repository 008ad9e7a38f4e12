package dev.headroom.dashboard.ingest;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.otlp.MetricPoint;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names under which other senders' metrics are kept. OpenTelemetry's Java agent still sends pools under names of older
 * conventions, in milliseconds; Micrometer's {@code cache.gets} is ours already. Stateless.
 */
final class StockNames {
    private static final String OLD_POOLS = "db.client.connections.";
    private static final Map<String, Metric> POOLS = Map.of(
            "usage", Metric.POOL_COUNT,
            "max", Metric.POOL_MAX,
            "pending_requests", Metric.POOL_PENDING,
            "timeouts", Metric.POOL_TIMEOUTS,
            "create_time", Metric.POOL_CREATE,
            "wait_time", Metric.POOL_WAIT,
            "use_time", Metric.POOL_USE);
    private static final Map<String, String> POOL_ATTRIBUTES =
            Map.of("pool.name", Attribute.POOL_NAME.key(), "state", Attribute.POOL_STATE.key());
    private static final Map<String, Double> SECONDS = Map.of("ms", 1e-3, "us", 1e-6, "ns", 1e-9);

    private StockNames() {}

    static SeriesKey key(MetricPoint point) {
        if (point.metric().startsWith(OLD_POOLS)) {
            Metric pool = POOLS.get(point.metric().substring(OLD_POOLS.length()));
            if (pool != null) {
                Map<String, String> attributes = new TreeMap<>();
                point.attributes()
                        .forEach((key, value) -> attributes.put(POOL_ATTRIBUTES.getOrDefault(key, key), value));
                return new SeriesKey(pool.metricName(), attributes);
            }
        }
        return new SeriesKey(point.metric(), point.attributes());
    }

    /** What the point's values are to be multiplied by to come to the unit of the metric as we keep it. */
    static double factor(SeriesKey key, MetricPoint point) {
        Metric metric = Metric.named(key.metric());
        boolean seconds = metric != null && metric.unit().equals("s");
        return seconds ? SECONDS.getOrDefault(point.unit(), 1.0) : 1;
    }
}
