package dev.headroom.dashboard.store;

import org.jspecify.annotations.Nullable;

/**
 * A series' total over a range.
 *
 * @param instance the JVM it belongs to, or null when merged over all instances of the service; gauges and what JVMs tell of
 *     themselves ({@code jvm.*}) are never merged
 */
public record SeriesData(SeriesKey key, @Nullable String instance, Value value) {}
