package dev.headroom.dashboard.budget;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.Quantity;
import dev.headroom.dashboard.budget.file.Signal;
import dev.headroom.dashboard.store.SeriesKey;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which stored series hold the events of a signal. */
enum EventSource {
    REQUESTS(Metric.HTTP_SERVER_DURATION),
    RESPONSE_SIZES(Metric.HTTP_SERVER_RESPONSE_SIZE),
    REQUEST_CALLS(Metric.REQUEST_DB_CALLS),
    REQUEST_REPEATED(Metric.REQUEST_DB_REPEATED),
    REQUEST_REPEATED_WRITES(Metric.REQUEST_DB_REPEATED_WRITES),
    REQUEST_CONNECTIONS(Metric.REQUEST_DB_OPENED),
    CALLS(Metric.HTTP_CLIENT_DURATION),
    STATEMENTS(Metric.DB_DURATION),
    QUERY_ROWS(Metric.QUERY_ROWS),
    QUERY_COLUMNS(Metric.QUERY_COLUMNS),
    QUERY_OFFSETS(Metric.QUERY_OFFSET),
    REDIS_COMMANDS(Metric.DB_DURATION),
    REDIS_PINGS(Metric.REDIS_PING),
    REDIS_EVICTIONS(Metric.REDIS_EVICTED),
    LOOKUPS(Metric.CACHE_GETS),
    VALUE_SIZES(Metric.CACHE_VALUE_SIZE),
    LIFETIMES(Metric.CACHE_TTL),
    CONNECTION_WAITS(Metric.POOL_WAIT),
    CONNECTION_USES(Metric.POOL_USE),
    CONNECTION_TIMEOUTS(Metric.POOL_TIMEOUTS),
    SCOPES(Metric.SCOPE_DURATION),
    SCOPE_STATEMENTS(Metric.SCOPE_DB_CALLS),
    SCOPE_REPEATS(Metric.SCOPE_DB_REPEATED),
    SCOPE_REPEATED_WRITES(Metric.SCOPE_DB_REPEATED_WRITES),
    SCOPE_ROWS(Metric.SCOPE_DB_ROWS),
    SCOPE_REDIS_COMMANDS(Metric.SCOPE_REDIS_CALLS);

    private final Metric metric;

    EventSource(Metric metric) {
        this.metric = metric;
    }

    /** Series that show that a subject exists although no such event happened; null where the events' own do. */
    @Nullable
    Metric presence() {
        return this == CONNECTION_TIMEOUTS ? Metric.POOL_USE : null;
    }

    Metric metric() {
        return metric;
    }

    /** Whether an event is a served request. */
    boolean requests() {
        return switch (this) {
            case REQUESTS,
                    RESPONSE_SIZES,
                    REQUEST_CALLS,
                    REQUEST_REPEATED,
                    REQUEST_REPEATED_WRITES,
                    REQUEST_CONNECTIONS -> true;
            default -> false;
        };
    }

    /** Names of the metrics that hold events of any kind. */
    static Set<String> metrics() {
        Set<String> names = new TreeSet<>();
        for (EventSource source : values()) {
            names.add(source.metric.metricName());
        }
        return names;
    }

    /** Whether the series holds such events. */
    boolean accepts(SeriesKey key) {
        if (!key.is(metric)) {
            return false;
        }
        boolean redis = "redis".equals(key.get(Attribute.DB_SYSTEM));
        return this == STATEMENTS ? !redis : this != REDIS_COMMANDS || redis;
    }

    /** Where the quantity is measured, or null where nothing measures it yet. */
    static @Nullable EventSource of(Signal signal, @Nullable Quantity quantity) {
        String name = quantity == null ? "" : quantity.key();
        return switch (signal) {
            case HTTP ->
                switch (name) {
                    case "", "duration", "status" -> REQUESTS;
                    case "response.size", "encoding" -> RESPONSE_SIZES;
                    default -> null;
                };
            case REQUEST ->
                switch (name) {
                    case "", "duration" -> REQUESTS;
                    case "db.calls" -> REQUEST_CALLS;
                    case "db.repeated" -> REQUEST_REPEATED;
                    case "db.repeated_writes" -> REQUEST_REPEATED_WRITES;
                    case "db.connections.opened" -> REQUEST_CONNECTIONS;
                    default -> null;
                };
            case HTTP_CLIENT -> one(name, CALLS, "", "duration", "status", "outcome");
            case DB ->
                switch (name) {
                    case "", "duration", "outcome" -> STATEMENTS;
                    case "rows" -> QUERY_ROWS;
                    case "columns" -> QUERY_COLUMNS;
                    case "offset" -> QUERY_OFFSETS;
                    default -> null;
                };
            case REDIS ->
                switch (name) {
                    case "ping" -> REDIS_PINGS;
                    case "evicted" -> REDIS_EVICTIONS;
                    default -> one(name, REDIS_COMMANDS, "", "duration", "outcome");
                };
            case CACHE ->
                switch (name) {
                    case "result" -> LOOKUPS;
                    case "value.size" -> VALUE_SIZES;
                    case "ttl" -> LIFETIMES;
                    default -> one(name, REDIS_COMMANDS, "", "duration", "outcome");
                };
            case POOL ->
                switch (name) {
                    case "", "wait" -> CONNECTION_WAITS;
                    case "held" -> CONNECTION_USES;
                    case "timeout" -> CONNECTION_TIMEOUTS;
                    default -> null;
                };
            case SCOPE ->
                switch (name) {
                    case "", "duration" -> SCOPES;
                    case "db.calls" -> SCOPE_STATEMENTS;
                    case "db.repeated" -> SCOPE_REPEATS;
                    case "db.repeated_writes" -> SCOPE_REPEATED_WRITES;
                    case "db.rows" -> SCOPE_ROWS;
                    case "redis.calls" -> SCOPE_REDIS_COMMANDS;
                    default -> null;
                };
            default -> null;
        };
    }

    private static @Nullable EventSource one(String name, EventSource source, String... measured) {
        for (String known : measured) {
            if (known.equals(name)) {
                return source;
            }
        }
        return null;
    }
}
