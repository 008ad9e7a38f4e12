package dev.headroom.core.hook.cache;

import dev.headroom.core.hook.Getters;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A cache that counts for itself, held weakly, and what it had counted when it was last asked. Asked by the agent's thread alone. */
final class MeasuredCache {
    /** What it counts, as Caffeine and Guava name it; the third and fourth together are loads. */
    private static final String[] COUNTS = {
        "hitCount",
        "missCount",
        "loadSuccessCount",
        "loadFailureCount",
        "loadExceptionCount",
        "totalLoadTime",
        "evictionCount"
    };

    private final WeakReference<Object> cache;
    private volatile String name;
    private final long[] last = new long[COUNTS.length];

    MeasuredCache(Object cache, String name) {
        this.cache = new WeakReference<>(cache);
        this.name = name;
    }

    String name() {
        return name;
    }

    /** What the application calls it, known later than that it exists. */
    void name(String known) {
        name = known;
    }

    boolean is(Object other) {
        return cache.get() == other;
    }

    boolean isGone() {
        return cache.get() == null;
    }

    /** What was counted since the last call. */
    CacheReading read() {
        Object itself = cache.get();
        Object synchronous = Getters.ask(itself, "synchronous");
        Object plain = synchronous == null ? itself : synchronous;
        @Nullable Object stats = Getters.ask(plain, "stats");
        long[] since = new long[COUNTS.length];
        for (int i = 0; i < COUNTS.length; i++) {
            long now = Math.max(0, Getters.number(stats, COUNTS[i]));
            since[i] = now >= last[i] ? now - last[i] : now;
            last[i] = now;
        }
        CacheReading read = new CacheReading();
        read.hits = since[0];
        read.misses = since[1];
        read.loads = since[2] + since[3] + since[4];
        read.loadNanos = since[5];
        read.evictions = since[6];
        long size = Getters.number(plain, "estimatedSize");
        read.size = Math.max(0, size < 0 ? Getters.number(plain, "size") : size);
        return read;
    }
}
