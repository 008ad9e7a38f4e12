package dev.headroom.core.hook.cache;

import dev.headroom.core.record.Gauges;
import dev.headroom.core.record.Recorder;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one library that count for themselves. They are made to count where they are built, and asked once per window; on
 * the way of a lookup nothing of ours runs. A program that builds caches without end has them counted up to the caps.
 *
 * <p>Thread-safe. A cache that is collected takes along what it counted since the last window.
 */
final class MeasuredCaches {
    static final int MAX_CACHES = 500;

    /** Caches that may begin to be measured within one window: each takes a look at the stack. */
    static final int MAX_NEW_CACHES = 100;

    private static final int MAX_SITES = 1_000;

    private final Queue<MeasuredCache> known = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger fresh = new AtomicInteger();

    /** By name of a site, the lines at which it builds caches, each with its number. */
    private final Map<String, Map<Integer, Integer>> sites = new ConcurrentHashMap<>();

    /** @param hook name of the hook, which may be switched off */
    MeasuredCaches(String hook, Recorder recorder) {
        recorder.gauges(new Gauges() {
            @Override
            public void read(Sink sink) {
                if (recorder.switches().begins(hook)) {
                    MeasuredCaches.this.read(sink);
                }
            }
        });
    }

    private void read(Gauges.Sink sink) {
        fresh.set(0);
        Map<String, CacheReading> byName = new LinkedHashMap<>();
        for (Iterator<MeasuredCache> all = known.iterator(); all.hasNext(); ) {
            MeasuredCache cache = all.next();
            if (cache.isGone()) {
                all.remove();
                size.decrementAndGet();
            } else {
                CacheReading counted = cache.read();
                // Asked last: what was counted after the cache got its name belongs to that.
                byName.computeIfAbsent(cache.name(), name -> new CacheReading()).add(counted);
            }
        }
        byName.forEach((name, reading) -> reading.tell(name, sink));
    }

    /** Whether one more cache will be measured. */
    boolean hasRoom() {
        return size.get() < MAX_CACHES && fresh.get() < MAX_NEW_CACHES;
    }

    /** A cache was built by the code that is on this thread's stack. */
    void built(Object cache) {
        if (hasRoom() && find(cache) == null) {
            fresh.incrementAndGet();
            size.incrementAndGet();
            CacheSite site = CacheSite.of(new Throwable().getStackTrace());
            known.add(new MeasuredCache(cache, name(site)));
        }
    }

    /** Of two lines of one method that build caches the second has a number, which is stable as long as they run in that order. */
    private String name(CacheSite site) {
        Map<Integer, Integer> lines = sites.get(site.name);
        if (lines == null) {
            if (sites.size() >= MAX_SITES) {
                return site.name;
            }
            lines = sites.computeIfAbsent(site.name, name -> new ConcurrentHashMap<>());
        }
        lines.putIfAbsent(site.line, lines.size() + 1);
        int number = lines.getOrDefault(site.line, 1);
        return number == 1 ? site.name : site.name + " #" + number;
    }

    /** A layer above the cache calls it so. */
    void named(Object cache, String name) {
        MeasuredCache found = find(cache);
        if (found != null) {
            found.name(name);
        }
    }

    private @Nullable MeasuredCache find(Object cache) {
        for (MeasuredCache each : known) {
            if (each.is(cache)) {
                return each;
            }
        }
        return null;
    }
}
