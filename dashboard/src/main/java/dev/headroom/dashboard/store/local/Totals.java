package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds windows up, series by series. Windows must come oldest first, for a gauge's newest reading wins. Not thread-safe. */
final class Totals {
    private record Slot(int series, long sender) {}

    private static final long ALL_SENDERS = 0;

    private final SeriesDictionary series;
    private final Set<String> metrics;
    private final boolean perInstance;
    private final Map<Slot, Value> values = new HashMap<>();

    /** @param metrics those to add up; empty means all */
    Totals(SeriesDictionary series, Set<String> metrics, boolean perInstance) {
        this.series = series;
        this.metrics = metrics;
        this.perInstance = perInstance;
    }

    void add(long sender, StoredWindow window) {
        for (StoredWindow.Entry entry : window.entries()) {
            if (metrics.isEmpty() || metrics.contains(series.key(entry.series()).metric())) {
                boolean apart = perInstance || entry.value() instanceof Value.Gauge;
                values.merge(new Slot(entry.series(), apart ? sender : ALL_SENDERS), entry.value(), Totals::combine);
            }
        }
    }

    /** A sender that changes a metric's type starts it anew: the two cannot be added. */
    private static Value combine(Value before, Value later) {
        if (before instanceof Value.Distribution one && later instanceof Value.Distribution two) {
            return one.merge(two);
        }
        if (before instanceof Value.Sum one && later instanceof Value.Sum two) {
            return one.merge(two);
        }
        if (before instanceof Value.Gauge one && later instanceof Value.Gauge two) {
            return one.then(two);
        }
        return later;
    }

    List<StoredWindow.Entry> entries() {
        List<StoredWindow.Entry> entries = new ArrayList<>(values.size());
        values.forEach((slot, value) -> entries.add(new StoredWindow.Entry(slot.series(), value)));
        return entries;
    }

    /** @param instances instance ids by sender */
    List<SeriesData> series(Map<Long, String> instances) {
        List<SeriesData> all = new ArrayList<>(values.size());
        values.forEach((slot, value) -> {
            SeriesKey key = series.key(slot.series());
            all.add(new SeriesData(key, slot.sender() == ALL_SENDERS ? null : instances.get(slot.sender()), value));
        });
        return all;
    }
}
