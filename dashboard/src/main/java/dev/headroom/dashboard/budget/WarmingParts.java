package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a service's ranges in which some JVMs warmed up, read JVM by JVM and added up over the others. Such a part stays in every
 * window for as long as windows reach back, and would be decoded from rows for each evaluation; it is kept until something arrives
 * that began before its end. Least recently used ones leave first. Asked by one thread at a time; told of arrivals by any.
 */
final class WarmingParts {
    /** Parts that ended later are not kept: what still arrives for them would drop them at once. */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private static final long MINUTE_MILLIS = 60_000;

    private static final int MOST = 64;

    private record Key(TimeRange range, Set<String> warming, Set<String> metrics) {}

    private record Kept(Lookup.Events events, long arrivals) {}

    /** Batches that began before the end of something that is kept or being read. */
    private final AtomicLong lateArrivals = new AtomicLong();
    /** Unix milliseconds. */
    private volatile long keptUpTo = Long.MIN_VALUE;

    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
            return size() > MOST;
        }
    };

    /** Parts up to there are kept, for windows that end then: a whole minute, so that the same part is asked for again. */
    static Instant settled(Instant end) {
        return Instant.ofEpochMilli(Math.floorDiv(end.minus(SETTLED).toEpochMilli(), MINUTE_MILLIS) * MINUTE_MILLIS);
    }

    /** To be called after every commit of a batch of the service. */
    void arrived(Batch batch) {
        if (batch.start().toEpochMilli() < keptUpTo) {
            lateArrivals.incrementAndGet();
        }
    }

    /**
     * What the part holds but for the JVMs that warm up.
     *
     * @param end of the windows that are judged
     * @param all the origin of what was added up
     * @param read what to ask the store when it is not known
     */
    Lookup.Events of(
            TimeRange range,
            Set<String> warming,
            Set<String> metrics,
            Instant end,
            Origin all,
            Supplier<Lookup.Events> read) {
        if (range.to().isAfter(settled(end))) {
            return read.get();
        }
        // Before the count is read, and that before the store: what is stored from here on is counted.
        keepUpTo(range.to());
        long counted = keptUpTo;
        long arrivals = lateArrivals.get();
        Key key = new Key(range, warming, metrics);
        Kept known = kept.get(key);
        if (known != null && known.arrivals == arrivals) {
            return known.events;
        }
        Lookup.Events events = read.get();
        Lookup.Events sum = new Lookup.Events(sum(events.sightings(), all), events.to());
        if (sum.to().toEpochMilli() <= counted) {
            kept.put(key, new Kept(sum, arrivals));
        }
        // A reading may end later than it was asked to, for it cuts no window: the next one is kept.
        keepUpTo(sum.to());
        return sum;
    }

    private void keepUpTo(Instant time) {
        if (time.toEpochMilli() > keptUpTo) {
            keptUpTo = time.toEpochMilli();
        }
    }

    /** One sighting a series; readings of gauges stay apart. */
    private static List<Sighting> sum(List<Sighting> sightings, Origin all) {
        Map<SeriesKey, Value> sums = new LinkedHashMap<>();
        List<Sighting> summed = new ArrayList<>();
        for (Sighting sighting : sightings) {
            Value before = sums.get(sighting.key());
            Value sum = before == null ? sighting.value() : plus(before, sighting.value());
            if (sum == null || sum instanceof Value.Gauge) {
                summed.add(sighting);
            } else {
                sums.put(sighting.key(), sum);
            }
        }
        sums.forEach((key, value) -> summed.add(new Sighting(key, all, value)));
        return summed;
    }

    /** Null for two that do not add up. */
    private static @Nullable Value plus(Value a, Value b) {
        if (a instanceof Value.Distribution one && b instanceof Value.Distribution other) {
            return one.merge(other);
        }
        return a instanceof Value.Sum one && b instanceof Value.Sum other ? one.merge(other) : null;
    }
}
