package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Windows of one interval added up, metric by metric, so that who wants one metric does not touch the others. Not thread-safe. */
final class Cell {
    private final boolean perInstance;
    private final Map<String, Totals> metrics = new HashMap<>();
    private int windows;

    Cell(boolean perInstance) {
        this.perInstance = perInstance;
    }

    void add(Series series, @Nullable String instance, Value value, long end) {
        metrics.computeIfAbsent(series.metric(), absent -> new Totals(perInstance))
                .add(series, instance, value, end);
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

    int size() {
        int size = 0;
        for (Totals totals : metrics.values()) {
            size += totals.size();
        }
        return size;
    }

    Map<String, Totals> metrics() {
        return metrics;
    }

    /**
     * Adds what it holds to the totals.
     *
     * @param wanted names of metrics; empty means all
     */
    void addTo(Totals totals, Set<String> wanted, long end) {
        metrics.forEach((metric, values) -> {
            if (wanted.isEmpty() || wanted.contains(metric)) {
                values.each((series, instance, value) -> totals.add(series, instance, value, end));
            }
        });
    }
}
