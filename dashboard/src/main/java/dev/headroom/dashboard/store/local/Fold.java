package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which series are added up together: those that differ in other attributes only than the ones that tell apart. Not thread-safe: one
 * for each reading.
 */
final class Fold {
    private final SeriesPool pool;
    private final @Nullable Set<String> by;
    private final Map<Series, Series> known = new HashMap<>();

    /** @param by keys of the attributes that tell apart; null for all */
    Fold(SeriesPool pool, @Nullable Set<String> by) {
        this.pool = pool;
        this.by = by;
    }

    @Nullable
    Set<String> by() {
        return by;
    }

    /** What the value of the series counts for. */
    Series of(Series series, Value value) {
        return by == null || value instanceof Value.Gauge
                ? series
                : known.computeIfAbsent(series, one -> folded(one.key(), by));
    }

    private Series folded(SeriesKey key, Set<String> by) {
        Map<String, String> kept = new TreeMap<>(key.attributes());
        kept.keySet().retainAll(by);
        return pool.of(new SeriesKey(key.metric(), Collections.unmodifiableMap(kept)));
    }
}
