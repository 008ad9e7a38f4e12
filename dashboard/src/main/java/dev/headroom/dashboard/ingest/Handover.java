package dev.headroom.dashboard.ingest;

import dev.headroom.catalog.Metric;
import dev.headroom.otlp.MetricPoint;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of one sender are counted from its spans and which from its metrics, so that none is counted twice.
 *
 * <p>Per sender and metric: as long as no metric of this kind has come, spans count. The first such metric that comes after counted
 * spans draws a line at its time: calls that ended up to then belong to the spans, also those still on their way, later ones to the
 * metrics. Where metrics came first, spans never count. For one request, under the sender's lock. Not thread-safe.
 */
final class Handover {
    private static final String LINES = "headroom.spans";

    private final SenderStreams streams;
    private final Set<Metric> sent = EnumSet.noneOf(Metric.class);
    private final Map<Metric, Long> lines = new EnumMap<>(Metric.class);

    Handover(SenderStreams streams) {
        this.streams = streams;
        streams.lastByMetric().keySet().forEach(name -> {
            Metric metric = StockNames.metric(name);
            if (metric != null && SpanSeries.METRICS.contains(metric)) {
                sent.add(metric);
            }
        });
        for (Metric metric : SpanSeries.METRICS) {
            StreamState line = streams.get(line(metric));
            if (line != null && line.startNanos() > 0) {
                lines.put(metric, line.startNanos());
            }
        }
    }

    private static StreamKey line(Metric metric) {
        return new StreamKey(LINES, metric.metricName(), Map.of());
    }

    boolean countsSpan(Metric metric, long endNanos) {
        return !sent.contains(metric) || endNanos <= lines.getOrDefault(metric, 0L);
    }

    /** @param nowNanos when spans of this metric were counted */
    void countedSpans(Metric metric, long nowNanos) {
        streams.put(line(metric), new StreamState(lines.getOrDefault(metric, 0L), nowNanos, 0, null, null));
    }

    /** Draws the lines that the points of a request make necessary. */
    void metricsCame(List<MetricPoint> points) {
        Map<Metric, Long> newest = new EnumMap<>(Metric.class);
        for (MetricPoint point : points) {
            Metric metric = StockNames.metric(point.metric());
            if (metric != null && SpanSeries.METRICS.contains(metric)) {
                newest.merge(metric, point.timeNanos(), Math::max);
            }
        }
        newest.forEach((metric, timeNanos) -> {
            @Nullable StreamState before = streams.get(line(metric));
            if (before != null) {
                lines.putIfAbsent(metric, timeNanos);
                // Kept alive as long as metrics come.
                long drawn = lines.getOrDefault(metric, timeNanos);
                streams.put(
                        line(metric), new StreamState(drawn, Math.max(before.timeNanos(), timeNanos), 0, null, null));
            }
        });
    }

    /** Whether what the point counted was counted from spans. */
    boolean coveredBySpans(MetricPoint point) {
        Metric metric = StockNames.metric(point.metric());
        return metric != null && point.timeNanos() <= lines.getOrDefault(metric, 0L);
    }
}
