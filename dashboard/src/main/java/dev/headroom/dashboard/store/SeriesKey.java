package dev.headroom.dashboard.store;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A metric and its attributes, sorted by key. Looked up several times between the wire and the disk: its hash is worked out once.
 * Immutable and thread-safe.
 */
public final class SeriesKey {
    /** 2^32 divided by it, odd: spreads what is near (Knuth, The Art of Computer Programming 3, 6.4). */
    private static final int GOLDEN_RATIO = 0x9E37_79B9;

    private final String metric;
    private final Map<String, String> attributes;
    private int hash;

    /**
     * @param metric name on the wire
     * @param attributes kept, not copied: nobody may change them
     */
    public SeriesKey(String metric, Map<String, String> attributes) {
        this.metric = metric;
        this.attributes = attributes;
    }

    public String metric() {
        return metric;
    }

    public Map<String, String> attributes() {
        return attributes;
    }

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

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof SeriesKey that
                        && hashCode() == that.hashCode()
                        && metric.equals(that.metric)
                        && attributes.equals(that.attributes));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = metric.hashCode();
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                known += mixed(attribute.getKey(), attribute.getValue());
            }
            hash = known;
        }
        return known;
    }

    /** A map's own hash is the same for values that changed places, such as of routes and tables that are numbered. */
    private static int mixed(String key, String value) {
        int both = (31 * key.hashCode() + value.hashCode()) * GOLDEN_RATIO;
        return both ^ (both >>> 15);
    }

    @Override
    public String toString() {
        return metric + attributes;
    }
}
