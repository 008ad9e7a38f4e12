package dev.headroom.dashboard.budget;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.Quantity;
import dev.headroom.dashboard.budget.file.Signal;
import dev.headroom.dashboard.store.SeriesKey;
import org.jspecify.annotations.Nullable;

/** Which stored series hold the events of a signal. */
enum EventSource {
    REQUESTS(Metric.HTTP_SERVER_DURATION),
    CALLS(Metric.HTTP_CLIENT_DURATION),
    STATEMENTS(Metric.DB_DURATION),
    REDIS_COMMANDS(Metric.DB_DURATION),
    LOOKUPS(Metric.CACHE_GETS),
    CONNECTION_WAITS(Metric.POOL_WAIT),
    CONNECTION_USES(Metric.POOL_USE),
    CONNECTION_TIMEOUTS(Metric.POOL_TIMEOUTS);

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
            case HTTP -> one(name, REQUESTS, "", "duration", "status");
            case REQUEST -> one(name, REQUESTS, "", "duration");
            case HTTP_CLIENT -> one(name, CALLS, "", "duration", "status", "outcome");
            case DB -> one(name, STATEMENTS, "", "duration", "outcome");
            case REDIS -> one(name, REDIS_COMMANDS, "", "duration", "outcome");
            case CACHE -> name.equals("result") ? LOOKUPS : one(name, REDIS_COMMANDS, "", "duration", "outcome");
            case POOL ->
                switch (name) {
                    case "", "wait" -> CONNECTION_WAITS;
                    case "held" -> CONNECTION_USES;
                    case "timeout" -> CONNECTION_TIMEOUTS;
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
