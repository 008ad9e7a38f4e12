package dev.headroom.core.hook.cache;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.hook.Getters;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Gauges;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/** The caches that are looked up by name, by identity. Thread-safe; a cache known already is found without allocating. */
final class CacheLookups {
    private static final int MAX_CACHES = 2_000;

    /** Adapters of caches that are measured themselves. */
    private static final String[] MEASURED_BELOW = {
        "org.springframework.cache.caffeine.CaffeineCache", "org.springframework.cache.guava.GuavaCache"
    };

    /** Caches whose lookups are commands, which the hook of the client counts. */
    private static final String[] REMOTE = {
        "org.springframework.data.redis.cache.RedisCache", "org.redisson.spring.cache.RedissonCache"
    };

    /** Of a cache of Ehcache 3 that computes what is missing. */
    private static final String LOADER = "getCacheLoaderWriter";

    private static final NamedCache ELSEWHERE = new NamedCache("", null, null);

    private final Recorder recorder;
    private final WeakIdentityMap<NamedCache> known = new WeakIdentityMap<>(MAX_CACHES);

    CacheLookups(Recorder recorder) {
        this.recorder = recorder;
        recorder.gauges(new Gauges() {
            @Override
            public void read(Sink sink) { // A reading of nothing: the agent's thread passes by once per window.
                known.purge();
            }
        });
    }

    /** Null beyond the cap, and for caches whose lookups are counted elsewhere. */
    @Nullable
    NamedCache of(Object cache) {
        NamedCache found = known.get(cache);
        if (found == null) {
            found = known.putIfAbsent(cache, make(cache, Getters.text(cache, "getName")));
        }
        return found == ELSEWHERE ? null : found;
    }

    /** The cache is called so, which it does not tell itself. */
    void named(Object cache, String name) {
        known.putIfAbsent(cache, make(cache, name));
    }

    private NamedCache make(Object cache, @Nullable String given) {
        if (is(cache, REMOTE) || Getters.ask(cache, LOADER) != null) {
            return ELSEWHERE;
        }
        String name = given == null ? cache.getClass().getSimpleName() : given;
        if (is(cache, MEASURED_BELOW)) {
            return new NamedCache(name, null, null);
        }
        Attributes attributes = Attributes.of(Attribute.CACHE_NAME, name);
        return new NamedCache(
                name,
                recorder.counter(Metric.CACHE_GETS, attributes.with(Attribute.CACHE_RESULT, "hit")),
                recorder.counter(Metric.CACHE_GETS, attributes.with(Attribute.CACHE_RESULT, "miss")));
    }

    private static boolean is(Object cache, String[] names) {
        for (Class<?> each = cache.getClass(); each != null; each = each.getSuperclass()) {
            for (String name : names) {
                if (each.getName().equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
