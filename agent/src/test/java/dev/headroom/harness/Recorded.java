package dev.headroom.harness;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was recorded in one window, with questions that tests ask. */
public record Recorded(Window window) {
    /** Entries of the metric whose attributes include all of these. */
    public List<Window.Entry> entries(Metric metric, Map<Attribute, String> attributes) {
        return window.entries().stream()
                .filter(entry -> entry.metric() == metric)
                .filter(entry -> attributes.entrySet().stream()
                        .allMatch(each -> each.getValue()
                                .equals(entry.attributes()
                                        .toMap()
                                        .get(each.getKey().key()))))
                .toList();
    }

    public List<Window.Entry> entries(Metric metric) {
        return entries(metric, Map.of());
    }

    /** Durations recorded in all series that have these attributes. */
    public long count(Metric metric, Map<Attribute, String> attributes) {
        return entries(metric, attributes).stream()
                .mapToLong(entry -> entry.histogram().count())
                .sum();
    }

    public long count(Metric metric) {
        return count(metric, Map.of());
    }

    /** Sum of the values of all series that have these attributes. */
    public double value(Metric metric, Map<Attribute, String> attributes) {
        return entries(metric, attributes).stream()
                .mapToDouble(Window.Entry::value)
                .sum();
    }

    public double value(Metric metric) {
        return value(metric, Map.of());
    }

    /** The attribute's value in the only entry of that metric; fails when there are several entries. */
    public Optional<String> attribute(Metric metric, Attribute attribute) {
        List<Window.Entry> entries = entries(metric);
        if (entries.size() != 1) {
            throw new AssertionError("expected one series of " + metric + ", found "
                    + entries.stream().map(Window.Entry::attributes).toList());
        }
        return Optional.ofNullable(entries.get(0).attributes().toMap().get(attribute.key()));
    }
}
