package dev.headroom.dashboard.ingest;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.otlp.MetricPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names under which other senders' metrics are kept: those of older OpenTelemetry conventions and of Micrometer's binders
 * become ours, where they mean the same. Names that are ours already, and those that mean nothing here, stay. Stateless.
 */
final class StockNames {
    /**
     * A name that someone else uses.
     *
     * @param attributes added to every point of it
     */
    record Row(String sender, String name, Metric metric, Map<String, String> attributes) {
        Row(String sender, String name, Metric metric) {
            this(sender, name, metric, Map.of());
        }
    }

    private static final String OLD = "OpenTelemetry, older conventions";
    private static final String MICROMETER = "Micrometer";
    private static final Map<String, String> USED = Map.of(Attribute.POOL_STATE.key(), "used");
    private static final Map<String, String> IDLE = Map.of(Attribute.POOL_STATE.key(), "idle");
    private static final Map<String, String> REDIS = Map.of(Attribute.DB_SYSTEM.key(), "redis");

    /** In the order in which they are printed. */
    static final List<Row> ROWS = List.of(
            new Row(OLD, "http.server.duration", Metric.HTTP_SERVER_DURATION),
            new Row(OLD, "http.client.duration", Metric.HTTP_CLIENT_DURATION),
            new Row(OLD, "db.client.connections.usage", Metric.POOL_COUNT),
            new Row(OLD, "db.client.connections.max", Metric.POOL_MAX),
            new Row(OLD, "db.client.connections.pending_requests", Metric.POOL_PENDING),
            new Row(OLD, "db.client.connections.timeouts", Metric.POOL_TIMEOUTS),
            new Row(OLD, "db.client.connections.create_time", Metric.POOL_CREATE),
            new Row(OLD, "db.client.connections.wait_time", Metric.POOL_WAIT),
            new Row(OLD, "db.client.connections.use_time", Metric.POOL_USE),
            new Row(OLD, "process.runtime.jvm.memory.usage", Metric.JVM_MEMORY_USED),
            new Row(OLD, "process.runtime.jvm.memory.committed", Metric.JVM_MEMORY_COMMITTED),
            new Row(OLD, "process.runtime.jvm.memory.limit", Metric.JVM_MEMORY_LIMIT),
            new Row(OLD, "process.runtime.jvm.memory.usage_after_last_gc", Metric.JVM_MEMORY_AFTER_GC),
            new Row(OLD, "process.runtime.jvm.gc.duration", Metric.JVM_GC_DURATION),
            new Row(OLD, "process.runtime.jvm.threads.count", Metric.JVM_THREADS),
            new Row(OLD, "process.runtime.jvm.classes.current_loaded", Metric.JVM_CLASSES),
            new Row(OLD, "process.runtime.jvm.cpu.utilization", Metric.JVM_CPU_UTILIZATION),
            new Row(MICROMETER, "http.server.requests", Metric.HTTP_SERVER_DURATION),
            new Row(MICROMETER, "http.client.requests", Metric.HTTP_CLIENT_DURATION),
            new Row(MICROMETER, "jdbc.query", Metric.DB_DURATION),
            new Row(MICROMETER, "lettuce.command.completion", Metric.DB_DURATION, REDIS),
            new Row(MICROMETER, "hikaricp.connections.active", Metric.POOL_COUNT, USED),
            new Row(MICROMETER, "hikaricp.connections.idle", Metric.POOL_COUNT, IDLE),
            new Row(MICROMETER, "hikaricp.connections.max", Metric.POOL_MAX),
            new Row(MICROMETER, "hikaricp.connections.pending", Metric.POOL_PENDING),
            new Row(MICROMETER, "hikaricp.connections.timeout", Metric.POOL_TIMEOUTS),
            new Row(MICROMETER, "hikaricp.connections.creation", Metric.POOL_CREATE),
            new Row(MICROMETER, "hikaricp.connections.acquire", Metric.POOL_WAIT),
            new Row(MICROMETER, "hikaricp.connections.usage", Metric.POOL_USE),
            new Row(MICROMETER, "jdbc.connections.active", Metric.POOL_COUNT, USED),
            new Row(MICROMETER, "jdbc.connections.idle", Metric.POOL_COUNT, IDLE),
            new Row(MICROMETER, "jdbc.connections.max", Metric.POOL_MAX),
            new Row(MICROMETER, "jvm.memory.max", Metric.JVM_MEMORY_LIMIT),
            new Row(MICROMETER, "jvm.gc.pause", Metric.JVM_GC_DURATION),
            new Row(MICROMETER, "jvm.threads.live", Metric.JVM_THREADS),
            new Row(MICROMETER, "jvm.classes.loaded", Metric.JVM_CLASSES),
            new Row(MICROMETER, "process.cpu.time", Metric.JVM_CPU_TIME),
            new Row(MICROMETER, "process.cpu.usage", Metric.JVM_CPU_UTILIZATION),
            new Row(MICROMETER, "system.cpu.count", Metric.JVM_CPU_COUNT));

    private static final Map<String, Row> BY_NAME = new HashMap<>();

    static {
        for (Row row : ROWS) {
            BY_NAME.put(row.name(), row);
        }
    }

    private static final Map<String, Double> SECONDS = Map.ofEntries(
            Map.entry("ms", 1e-3),
            Map.entry("milliseconds", 1e-3),
            Map.entry("us", 1e-6),
            Map.entry("microseconds", 1e-6),
            Map.entry("ns", 1e-9),
            Map.entry("nanoseconds", 1e-9),
            Map.entry("min", 60.0),
            Map.entry("minutes", 60.0));

    private StockNames() {}

    /** The metric that a name stands for here, or null when it means nothing here. */
    static @Nullable Metric metric(String name) {
        Row row = BY_NAME.get(name);
        return row == null ? Metric.named(name) : row.metric();
    }

    /**
     * Which of two names for one metric a sender is believed: the lower. Our names come first, then older ones, then Micrometer's,
     * last its view of pools that the pool itself reports in more detail.
     */
    static int rank(String name) {
        Row row = BY_NAME.get(name);
        if (row == null) {
            return 0;
        }
        return row.sender().equals(OLD) ? 1 : name.startsWith("jdbc.connections.") ? 3 : 2;
    }

    static SeriesKey key(MetricPoint point) {
        Row row = BY_NAME.get(point.metric());
        Metric metric = row == null ? Metric.named(point.metric()) : row.metric();
        // What is of another kind than ours means something else, or has no way to be added to ours.
        if (metric == null || !fits(metric.kind(), point)) {
            return new SeriesKey(point.metric(), point.attributes());
        }
        Map<String, String> attributes = StockAttributes.ours(metric, point.attributes());
        if (row != null) {
            attributes.putAll(row.attributes());
        }
        if (metric == Metric.DB_DURATION) {
            Statements.shape(attributes);
        }
        return new SeriesKey(metric.metricName(), attributes);
    }

    private static boolean fits(Metric.Kind kind, MetricPoint point) {
        boolean sum = point.type() == MetricPoint.Type.SUM;
        return switch (kind) {
            case DURATION, AMOUNT ->
                point.type() == MetricPoint.Type.EXPLICIT || point.type() == MetricPoint.Type.EXPONENTIAL;
            case COUNTER -> sum && point.monotonic();
            case GAUGE -> point.type() == MetricPoint.Type.GAUGE || (sum && !point.monotonic());
        };
    }

    /** What the point's values are to be multiplied by to come to the unit of the metric as we keep it. */
    static double factor(SeriesKey key, MetricPoint point) {
        Metric metric = Metric.named(key.metric());
        boolean seconds = metric != null && metric.unit().equals("s");
        return seconds ? SECONDS.getOrDefault(point.unit(), 1.0) : 1;
    }

    /** The table of the documentation, one line of Markdown each. */
    static List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("| sent by | as | kept as |");
        lines.add("|---|---|---|");
        for (Row row : ROWS) {
            StringBuilder kept = new StringBuilder("`" + row.metric().metricName() + "`");
            row.attributes().forEach((key, value) -> kept.append(", `" + key + "=" + value + "`"));
            lines.add("| " + row.sender() + " | `" + row.name() + "` | " + kept + " |");
        }
        return lines;
    }
}
