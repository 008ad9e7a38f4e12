package dev.headroom.dashboard.compare;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.operations.Operations;
import dev.headroom.dashboard.store.SeriesKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operation that a series is about.
 *
 * @param id the row that opens in the list of its kind
 */
record OperationName(Kind kind, String id) {
    static final Set<String> METRICS = Set.of(
            Metric.HTTP_SERVER_DURATION.metricName(),
            Metric.REQUEST_DB_CALLS.metricName(),
            Metric.DB_DURATION.metricName(),
            Metric.CACHE_GETS.metricName(),
            Metric.HTTP_CLIENT_DURATION.metricName());

    private static final String REDIS = "redis";
    /** The round trip of a pipeline; no command of Redis. */
    private static final String PIPELINE = "PIPELINE";

    /** Null for what is no operation. */
    static @Nullable OperationName of(SeriesKey key) {
        boolean overflowed = key.get(Attribute.OVERFLOW) != null;
        if (key.is(Metric.HTTP_SERVER_DURATION) || key.is(Metric.REQUEST_DB_CALLS)) {
            String route = key.get(Attribute.HTTP_METHOD, "_OTHER") + " " + key.get(Attribute.HTTP_ROUTE, "unmatched");
            return new OperationName(Kind.ROUTE, overflowed ? Operations.OVERFLOW : route);
        }
        if (key.is(Metric.CACHE_GETS)) {
            return new OperationName(Kind.CACHE, key.get(Attribute.CACHE_NAME, "unnamed"));
        }
        if (key.is(Metric.HTTP_CLIENT_DURATION)) {
            String port = key.get(Attribute.SERVER_PORT);
            String peer = key.get(Attribute.SERVER_ADDRESS, "unknown") + (port == null ? "" : ":" + port);
            return new OperationName(Kind.CALL, overflowed ? Operations.OVERFLOW : peer);
        }
        if (!key.is(Metric.DB_DURATION)) {
            return null;
        }
        String operation = key.get(Attribute.DB_OPERATION, "unknown");
        if (!REDIS.equals(key.get(Attribute.DB_SYSTEM))) {
            String text = key.get(Attribute.DB_QUERY, operation);
            return new OperationName(
                    Kind.STATEMENT, overflowed ? Operations.OVERFLOW : key.get(Attribute.DB_FINGERPRINT, text));
        }
        if (operation.equals(PIPELINE)) {
            return null;
        }
        return new OperationName(
                Kind.CACHE, overflowed ? Operations.OVERFLOW : key.get(Attribute.DB_KEY_PATTERN, operation));
    }

    /** What people call it. */
    String text(SeriesKey key) {
        return kind == Kind.STATEMENT && !id.equals(Operations.OVERFLOW)
                ? key.get(Attribute.DB_QUERY, key.get(Attribute.DB_OPERATION, id))
                : id;
    }
}
