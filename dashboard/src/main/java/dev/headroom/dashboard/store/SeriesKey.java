package dev.headroom.dashboard.store;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A metric and its attributes.
 *
 * @param metric name on the wire
 * @param attributes sorted by key
 */
public record SeriesKey(String metric, Map<String, String> attributes) {
    public @Nullable String get(Attribute attribute) {
        return attributes.get(attribute.key());
    }

    /** The attribute's value, or the given text when it is absent. */
    public String get(Attribute attribute, String absent) {
        return attributes.getOrDefault(attribute.key(), absent);
    }

    public boolean is(Metric other) {
        return metric.equals(other.metricName());
    }
}
