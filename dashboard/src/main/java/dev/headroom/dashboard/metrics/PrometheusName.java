package dev.headroom.dashboard.metrics;

import dev.headroom.catalog.Metric;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names of received metrics as OpenTelemetry's compatibility rules for Prometheus want them: dots become underscores and the unit's
 * word is appended. Stateless.
 */
final class PrometheusName {
    private PrometheusName() {}

    /** Without {@code _total}, which the exposition adds to counters. */
    static String of(Metric metric) {
        String name = metric.metricName().replace('.', '_');
        return switch (metric.unit()) {
            case "s" -> suffixed(name, "_seconds");
            case "By" -> suffixed(name, "_bytes");
            case "1" -> suffixed(name, "_ratio");
            default -> name;
        };
    }

    static MetricMetadata about(Metric metric) {
        return new MetricMetadata(of(metric), metric.meaning());
    }

    private static String suffixed(String name, String suffix) {
        return name.endsWith(suffix) ? name : name + suffix;
    }

    /** The attributes, the service, and of gauges the JVM. */
    static Labels labels(String service, String instance, Map<String, String> attributes) {
        Map<String, String> labels = new TreeMap<>();
        attributes.forEach((key, value) -> labels.put(label(key), value));
        labels.put("service", service);
        if (!instance.isEmpty()) {
            labels.put("instance", instance);
        }
        return Labels.of(labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
    }

    /** Letters, digits and underscores, and no digit first; two underscores at the beginning are Prometheus' own. */
    private static String label(String key) {
        StringBuilder label = new StringBuilder(key.length() + 4);
        for (int i = 0; i < key.length(); i++) {
            char letter = key.charAt(i);
            boolean plain = letter < 128 && Character.isLetterOrDigit(letter);
            label.append(plain ? letter : '_');
        }
        boolean sound = label.length() > 0
                && !Character.isDigit(label.charAt(0))
                && !label.toString().startsWith("__");
        return sound ? label.toString() : "key_" + label;
    }
}
