package dev.headroom.otlp;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The points of one resource (one JVM). Immutable and thread-safe. */
public final class ResourceMetrics {
    private final Map<String, String> resource;
    private final List<MetricPoint> points;

    public ResourceMetrics(Map<String, String> resource, List<MetricPoint> points) {
        this.resource = Collections.unmodifiableMap(new TreeMap<>(resource));
        this.points = Collections.unmodifiableList(points);
    }

    /** Resource attributes such as {@code service.name} and {@code service.instance.id}. */
    public Map<String, String> resource() {
        return resource;
    }

    public List<MetricPoint> points() {
        return points;
    }
}
