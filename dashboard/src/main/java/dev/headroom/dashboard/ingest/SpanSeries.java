package dev.headroom.dashboard.ingest;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.SeriesKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The series to which a span's duration belongs: the same as our agent's metrics have, of the span's many attributes only those
 * that are the same for many calls. Stateless.
 */
final class SpanSeries {
    /** What spans can be turned into. */
    static final List<Metric> METRICS =
            List.of(Metric.HTTP_SERVER_DURATION, Metric.HTTP_CLIENT_DURATION, Metric.DB_DURATION);

    private static final String SUMMARY = "db.query.summary";

    private SpanSeries() {}

    /** Null for spans of other kinds: internal work, messages, remote procedure calls. */
    static @Nullable SeriesKey of(ReceivedSpan span) {
        Map<String, String> sent = span.attributes();
        if (span.kind() == ReceivedSpan.Kind.SERVER) {
            Map<String, String> ours = StockAttributes.ours(Metric.HTTP_SERVER_DURATION, sent);
            return ours.containsKey(Attribute.HTTP_METHOD.key()) ? served(span, ours) : null;
        }
        if (span.kind() == ReceivedSpan.Kind.CLIENT) {
            Map<String, String> ours = StockAttributes.ours(Metric.DB_DURATION, sent);
            if (ours.containsKey(Attribute.DB_SYSTEM.key())) {
                return database(span, ours);
            }
            Map<String, String> called = StockAttributes.ours(Metric.HTTP_CLIENT_DURATION, sent);
            return called.containsKey(Attribute.HTTP_METHOD.key()) ? called(span, called) : null;
        }
        return null;
    }

    private static SeriesKey served(ReceivedSpan span, Map<String, String> ours) {
        Map<String, String> key = marked(span);
        copy(ours, key, Attribute.HTTP_METHOD, Attribute.HTTP_ROUTE, Attribute.HTTP_STATUS, Attribute.URL_SCHEME);
        key.putIfAbsent(Attribute.HTTP_ROUTE.key(), "unmatched");
        error(span, ours, key, '5');
        return new SeriesKey(Metric.HTTP_SERVER_DURATION.metricName(), key);
    }

    private static SeriesKey called(ReceivedSpan span, Map<String, String> ours) {
        Map<String, String> key = marked(span);
        copy(ours, key, Attribute.HTTP_METHOD, Attribute.SERVER_ADDRESS, Attribute.SERVER_PORT, Attribute.HTTP_STATUS);
        error(span, ours, key, '4');
        return new SeriesKey(Metric.HTTP_CLIENT_DURATION.metricName(), key);
    }

    private static SeriesKey database(ReceivedSpan span, Map<String, String> ours) {
        Map<String, String> key = marked(span);
        copy(ours, key, Attribute.DB_SYSTEM, Attribute.DB_NAMESPACE, Attribute.DB_OPERATION, Attribute.DB_QUERY);
        boolean text = key.containsKey(Attribute.DB_QUERY.key());
        Statements.shape(key);
        if (!text) {
            // The name has few values by the conventions: operation and table.
            key.put(SUMMARY, ours.getOrDefault(SUMMARY, span.name()));
            key.putIfAbsent(Attribute.DB_OPERATION.key(), "unknown");
        }
        error(span, ours, key, 'x');
        return new SeriesKey(Metric.DB_DURATION.metricName(), key);
    }

    private static Map<String, String> marked(ReceivedSpan span) {
        Map<String, String> key = new TreeMap<>();
        key.put(Attribute.SOURCE.key(), span.sampled() ? "sampled spans" : "spans");
        return key;
    }

    private static void copy(Map<String, String> from, Map<String, String> to, Attribute... attributes) {
        for (Attribute attribute : attributes) {
            String value = from.get(attribute.key());
            if (value != null) {
                to.put(attribute.key(), value);
            }
        }
    }

    /** @param from first digit of the status codes that are errors */
    private static void error(ReceivedSpan span, Map<String, String> ours, Map<String, String> key, char from) {
        String status = key.getOrDefault(Attribute.HTTP_STATUS.key(), "");
        String error = ours.get(Attribute.ERROR_TYPE.key());
        if (error != null) {
            key.put(Attribute.ERROR_TYPE.key(), error);
        } else if (status.length() == 3 && status.charAt(0) >= from) {
            key.put(Attribute.ERROR_TYPE.key(), status);
        } else if (span.failed()) {
            key.put(Attribute.ERROR_TYPE.key(), "_OTHER");
        }
    }
}
