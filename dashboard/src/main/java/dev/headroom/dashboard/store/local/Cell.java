package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Windows of one interval added up, metric by metric, so that who wants one metric does not touch the others. Not thread-safe. */
final class Cell {
    /** What an unpacked value takes of the memory, about. */
    private static final int BYTES_PER_VALUE = 400;

    private final Map<String, Totals> metrics = new HashMap<>();
    private final Map<String, PackedValues> packed = new HashMap<>();
    private int windows;

    void add(Series series, @Nullable String instance, Value value, long end) {
        metrics.computeIfAbsent(series.metric(), absent -> new Totals(false)).add(series, instance, value, end);
    }

    /**
     * Adds what a cell of one instance holds.
     *
     * @param end of the other cell, in Unix milliseconds
     */
    void addAll(Cell other, @Nullable String instance, long end) {
        other.metrics
                .values()
                .forEach(totals -> totals.each((series, merged, value) -> add(series, instance, value, end)));
        count(other.windows);
    }

    void count(int more) {
        windows += more;
    }

    int windows() {
        return windows;
    }

    /** What it takes of the memory, about. */
    int bytes() {
        int bytes = 0;
        for (Totals totals : metrics.values()) {
            bytes += totals.size() * BYTES_PER_VALUE;
        }
        for (PackedValues values : packed.values()) {
            bytes += values.bytes();
        }
        return bytes;
    }

    /** Makes it small; it may be added to still. */
    void pack(long end) {
        metrics.forEach((metric, totals) -> {
            PackedValues before = packed.get(metric);
            if (before != null) {
                before.each((series, instance, value) -> totals.add(series, instance, value, end - 1));
            }
            packed.put(metric, PackedValues.of(totals));
        });
        metrics.clear();
    }

    /** What was added and is not packed. */
    Map<String, Totals> metrics() {
        return metrics;
    }

    /**
     * Adds what it holds to the totals.
     *
     * @param wanted names of metrics; empty means all
     */
    void addTo(Totals totals, Set<String> wanted, long end) {
        packed.forEach((metric, values) -> {
            if (wanted.isEmpty() || wanted.contains(metric)) {
                values.each((series, instance, value) -> totals.add(series, instance, value, end));
            }
        });
        metrics.forEach((metric, values) -> {
            if (wanted.isEmpty() || wanted.contains(metric)) {
                values.each((series, instance, value) -> totals.add(series, instance, value, end));
            }
        });
    }
}
