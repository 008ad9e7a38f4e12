package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SeriesKey;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Series} per key for all files, so that thirty dictionaries with the same names hold them once and comparing is mostly
 * comparing references. Held weakly: a series that no dictionary and no head names is forgotten. Thread-safe.
 */
final class SeriesPool {
    private final Map<Object, Held> pool = new ConcurrentHashMap<>();
    private final ReferenceQueue<Series> cleared = new ReferenceQueue<>();

    /** Equal to a {@link Probe} of the same key while the series lives, to itself always. */
    private static final class Held extends WeakReference<Series> {
        private final int hash;

        Held(Series series, ReferenceQueue<Series> queue) {
            super(series, queue);
            this.hash = series.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Series mine = get();
            if (mine == null) {
                return false;
            }
            return other instanceof Held that
                    ? mine.equals(that.get())
                    : other instanceof Probe probe && probe.is(mine);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private record Probe(Series wanted) {
        boolean is(Series held) {
            return wanted.equals(held);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Held held
                    ? wanted.equals(held.get())
                    : other instanceof Probe that && wanted.equals(that.wanted);
        }

        @Override
        public int hashCode() {
            return wanted.hashCode();
        }
    }

    Series of(SeriesKey key) {
        forgetCleared();
        Series wanted = new Series(key);
        Held held = pool.get(new Probe(wanted));
        Series known = held == null ? null : held.get();
        if (known != null) {
            return known;
        }
        Held mine = new Held(wanted, cleared);
        while (true) {
            Held before = pool.putIfAbsent(mine, mine);
            Series already = before == null ? wanted : before.get();
            if (already != null) {
                return already;
            }
        }
    }

    private void forgetCleared() {
        for (Object gone = cleared.poll(); gone != null; gone = cleared.poll()) {
            pool.remove(gone);
        }
    }

    int size() {
        return pool.size();
    }
}
