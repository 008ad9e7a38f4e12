package dev.headroom.dashboard.ingest;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The attributes of other senders under our names: older OpenTelemetry conventions and Micrometer's tags. A name that is ours is
 * never replaced by an older one that stands beside it. Stateless.
 */
final class StockAttributes {
    /** Metrics that share attributes. */
    private record Family(String noun, Set<Metric> metrics) {
        Family(String noun, Metric... metrics) {
            this(noun, Set.of(metrics));
        }
    }

    /** @param about the metrics whose points may have it */
    private record Row(String name, Attribute attribute, Family about) {}

    private static final Family HTTP = new Family("http", Metric.HTTP_SERVER_DURATION, Metric.HTTP_CLIENT_DURATION);
    private static final Family SERVED = new Family("requests served", Metric.HTTP_SERVER_DURATION);
    private static final Family CALLED = new Family("calls out", Metric.HTTP_CLIENT_DURATION);
    private static final Family DATABASE = new Family("database", Metric.DB_DURATION, Metric.DB_ROWS);
    private static final Family POOL = new Family(
            "pools",
            Metric.POOL_COUNT,
            Metric.POOL_MAX,
            Metric.POOL_PENDING,
            Metric.POOL_TIMEOUTS,
            Metric.POOL_CREATE,
            Metric.POOL_WAIT,
            Metric.POOL_USE);
    private static final Family MEMORY = new Family(
            "memory",
            Metric.JVM_MEMORY_USED,
            Metric.JVM_MEMORY_COMMITTED,
            Metric.JVM_MEMORY_LIMIT,
            Metric.JVM_MEMORY_AFTER_GC);
    private static final Family COLLECTION = new Family("garbage collections", Metric.JVM_GC_DURATION);
    private static final Family THREADS = new Family("threads", Metric.JVM_THREADS);

    /** Where two rows lead to one attribute, the earlier wins. */
    private static final List<Row> ROWS = List.of(
            new Row("http.method", Attribute.HTTP_METHOD, HTTP),
            new Row("method", Attribute.HTTP_METHOD, HTTP),
            new Row("http.status_code", Attribute.HTTP_STATUS, HTTP),
            new Row("status", Attribute.HTTP_STATUS, HTTP),
            new Row("uri", Attribute.HTTP_ROUTE, SERVED),
            new Row("http.scheme", Attribute.URL_SCHEME, HTTP),
            new Row("net.peer.name", Attribute.SERVER_ADDRESS, CALLED),
            new Row("net.peer.port", Attribute.SERVER_PORT, CALLED),
            new Row("client.name", Attribute.SERVER_ADDRESS, CALLED),
            new Row("error", Attribute.ERROR_TYPE, HTTP),
            new Row("exception", Attribute.ERROR_TYPE, HTTP),
            new Row("error", Attribute.ERROR_TYPE, DATABASE),
            new Row("db.system", Attribute.DB_SYSTEM, DATABASE),
            new Row("db.name", Attribute.DB_NAMESPACE, DATABASE),
            new Row("db.operation", Attribute.DB_OPERATION, DATABASE),
            new Row("command", Attribute.DB_OPERATION, DATABASE),
            new Row("db.statement", Attribute.DB_QUERY, DATABASE),
            new Row("pool.name", Attribute.POOL_NAME, POOL),
            new Row("pool", Attribute.POOL_NAME, POOL),
            new Row("name", Attribute.POOL_NAME, POOL),
            new Row("state", Attribute.POOL_STATE, POOL),
            new Row("type", Attribute.MEMORY_TYPE, MEMORY),
            new Row("area", Attribute.MEMORY_TYPE, MEMORY),
            new Row("pool", Attribute.MEMORY_POOL, MEMORY),
            new Row("id", Attribute.MEMORY_POOL, MEMORY),
            new Row("gc", Attribute.GC_NAME, COLLECTION),
            new Row("action", Attribute.GC_ACTION, COLLECTION),
            new Row("daemon", Attribute.THREAD_DAEMON, THREADS));

    /** Names of database systems before the conventions were made stable. */
    private static final Map<String, String> SYSTEMS = Map.of(
            "mssql", "microsoft.sql_server",
            "h2", "h2database",
            "oracle", "oracle.db",
            "db2", "ibm.db2");

    private static final Set<String> NO_ERROR = Set.of("none", "None", "");

    private StockAttributes() {}

    /** A new map that the caller may change. */
    static Map<String, String> ours(Metric metric, Map<String, String> sent) {
        Map<String, String> attributes = new TreeMap<>(sent);
        for (Row row : ROWS) {
            String value = row.about().metrics().contains(metric) ? attributes.remove(row.name()) : null;
            if (value != null && means(row.attribute(), value)) {
                attributes.putIfAbsent(row.attribute().key(), ours(row.attribute(), value));
            }
        }
        attributes.computeIfPresent(Attribute.DB_SYSTEM.key(), (key, system) -> SYSTEMS.getOrDefault(system, system));
        return attributes;
    }

    private static boolean means(Attribute attribute, String value) {
        return switch (attribute) {
            case ERROR_TYPE -> !NO_ERROR.contains(value);
            // Micrometer's client says CLIENT_ERROR or IO_ERROR where there was no answer.
            case HTTP_STATUS -> value.chars().allMatch(Character::isDigit);
            default -> true;
        };
    }

    private static String ours(Attribute attribute, String value) {
        return switch (attribute) {
            case MEMORY_TYPE -> value.equals("nonheap") ? "non_heap" : value;
            // What Micrometer calls requests that no handler claimed.
            case HTTP_ROUTE -> value.equals("NOT_FOUND") || value.equals("UNKNOWN") ? "unmatched" : value;
            default -> value;
        };
    }

    /** The table of the documentation, one line of Markdown each. */
    static List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("| attribute or tag | kept as | of |");
        lines.add("|---|---|---|");
        for (Row row : ROWS) {
            lines.add("| `" + row.name() + "` | `" + row.attribute().key() + "` | "
                    + row.about().noun() + " |");
        }
        return lines;
    }
}
