package dev.headroom.dashboard.ingest;

import dev.headroom.catalog.Metric;
import dev.headroom.otlp.MetricPoint;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps one sender from telling the same thing under two names, such as a Spring Boot application with both Micrometer and
 * OpenTelemetry's agent: per metric only the names of the lowest rank count. Not thread-safe.
 */
final class BelievedNames {
    private final Map<Metric, Integer> lowest = new EnumMap<>(Metric.class);

    /** From what the sender sent before and what it sends now. */
    BelievedNames(SenderStreams streams, List<MetricPoint> points) {
        streams.lastByMetric().keySet().forEach(this::add);
        points.forEach(point -> add(point.metric()));
    }

    private void add(String name) {
        Metric metric = StockNames.metric(name);
        if (metric != null) {
            lowest.merge(metric, StockNames.rank(name), Math::min);
        }
    }

    boolean believes(String name) {
        Metric metric = StockNames.metric(name);
        return metric == null || StockNames.rank(name) == lowest.getOrDefault(metric, 0);
    }
}
