package dev.headroom.dashboard.budget.file;

/**
 * Something a signal tells about each of its events or readings.
 *
 * @param reading true for gauges, judged over slices of time instead of events
 */
public record Quantity(String key, Dimension dimension, boolean reading) {
    static Quantity of(String key, Dimension dimension) {
        return new Quantity(key, dimension, false);
    }

    static Quantity gauge(String key, Dimension dimension) {
        return new Quantity(key, dimension, true);
    }
}
