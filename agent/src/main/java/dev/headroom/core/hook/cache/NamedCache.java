package dev.headroom.core.hook.cache;

import dev.headroom.core.record.CounterSeries;
import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/** A cache by the name that the application gave it. Immutable and thread-safe; refers to no object of the application. */
final class NamedCache {
    private final String name;
    private final @Nullable CounterSeries hits;
    private final @Nullable CounterSeries misses;

    /** Stands for this cache while a lookup has its value computed. */
    final Loaded loaded = new Loaded(this);

    /** @param hits null when the cache below counts for itself, under this name */
    NamedCache(String name, @Nullable CounterSeries hits, @Nullable CounterSeries misses) {
        this.name = name;
        this.hits = hits;
        this.misses = misses;
    }

    /** Whether a lookup of that cache is a layer's around this one: the same name, whatever the library. */
    boolean isWithin(@Nullable Object lookup) {
        NamedCache outer = lookup instanceof NamedCache
                ? (NamedCache) lookup
                : lookup instanceof Loaded ? ((Loaded) lookup).cache() : null;
        return outer != null && (outer == this || outer.name.equals(name));
    }

    void count(boolean hit, RequestScope request) {
        CounterSeries series = hit ? hits : misses;
        if (series != null) {
            series.add(1);
            request.looked(series, hit);
        }
        request.cache(hit);
    }

    /** A lookup's cache, known to have missed. */
    static final class Loaded {
        private final NamedCache cache;

        private Loaded(NamedCache cache) {
            this.cache = cache;
        }

        NamedCache cache() {
            return cache;
        }
    }
}
