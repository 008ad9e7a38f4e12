package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Totals of consecutive slices of time. A window counts where it ends. Not thread-safe. */
final class Slices {
    private final long[] edges;
    private final Set<String> metrics;
    private final List<Totals> totals = new ArrayList<>();
    private final int[] windows;

    /**
     * @param edges ascending; one more than slices
     * @param metrics names of the wanted ones; empty means all
     * @param fold which series are added up together
     */
    Slices(long[] edges, Set<String> metrics, boolean perInstance, Fold fold) {
        this.edges = edges;
        this.metrics = metrics;
        this.windows = new int[edges.length - 1];
        for (int i = 1; i < edges.length; i++) {
            totals.add(new Totals(perInstance, fold));
        }
    }

    long from() {
        return edges[0];
    }

    long to() {
        return edges[edges.length - 1];
    }

    private int at(Interval interval) {
        if (interval.start() < from() || interval.end() > to()) {
            return -1;
        }
        int found = Arrays.binarySearch(edges, interval.end());
        return (found >= 0 ? found : -found - 1) - 1;
    }

    boolean holds(Interval interval) {
        return at(interval) >= 0;
    }

    /** Where values of the interval belong; null outside. */
    @Nullable
    Totals totals(Interval interval) {
        int at = at(interval);
        return at < 0 ? null : totals.get(at);
    }

    /** The slice that all of the interval lies in; null where an edge cuts it, or outside. */
    @Nullable
    Totals only(Interval interval) {
        int at = at(interval);
        return at < 0 || interval.start() < edges[at] ? null : totals.get(at);
    }

    void count(Interval interval, int more) {
        int at = at(interval);
        if (at >= 0) {
            windows[at] += more;
        }
    }

    void add(Interval interval, Cell cell) {
        int at = at(interval);
        if (at >= 0) {
            cell.addTo(totals.get(at), metrics, interval.end());
            windows[at] += cell.windows();
        }
    }

    List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < windows.length; i++) {
            readings.add(new Reading(
                    new Interval(edges[i], edges[i + 1]).range(), totals.get(i).series(), windows[i]));
        }
        return readings;
    }
}
