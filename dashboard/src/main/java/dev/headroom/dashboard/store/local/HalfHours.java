package dev.headroom.dashboard.store.local;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Half hours of a service that were read once, added up and packed, quarters of a day made of them, and whole stretches made of
 * both: who looks at a day again reads one of them instead of 144 cells from disk. An entry holds what the ten-minute cells of these
 * files held; it is dropped before readers are told of others. Least recently used ones leave first. Thread-safe.
 */
final class HalfHours {
    static final long MILLIS = 1_800_000;
    /** Twelve half hours. */
    static final long QUARTER_MILLIS = 12 * MILLIS;

    /** Shorter stretches are read half hour by half hour. */
    static final long LEAST_STRETCH_MILLIS = 6 * MILLIS;

    /** A stretch that is shorter by so much is read together with the half hours after it, and not made anew. */
    static final long SPARE_MILLIS = 2 * MILLIS;

    private static final int MOST_ASKED = 64;

    /**
     * Values that are kept for themselves.
     *
     * @param by keys of the attributes that series are told apart by; null for all
     */
    record Wanted(String metric, @Nullable Set<String> by) {}

    private record Key(String service, long start, long length, Wanted wanted) {
        Place place() {
            return new Place(service, start, length);
        }

        boolean block() {
            return length == MILLIS || length == QUARTER_MILLIS;
        }
    }

    private record Place(String service, long start, long length) {}

    private record Entry(List<PeriodFile> files, PackedValues values, int windows) {}

    private final long mostBytes;
    private final Object lock = new Object();
    // Guarded by lock.
    private final Map<Key, Entry> entries = new LinkedHashMap<>(256, 0.75f, true);
    private final Map<Place, Set<Key>> places = new HashMap<>();
    /** Neither half hours nor quarters, by service. */
    private final Map<String, Set<Key>> stretches = new HashMap<>();

    private final Map<String, Long> changes = new HashMap<>();
    /** What somebody asked for. */
    private final Set<Wanted> asked = new LinkedHashSet<>();

    private long bytes;

    /** @param mostBytes memory for them */
    HalfHours(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Grows with every change of the service's cells; to be asked before anything is read. */
    long version(String service) {
        synchronized (lock) {
            return changes.getOrDefault(service, 0L);
        }
    }

    /** What was asked for so far, not more than {@value #MOST_ASKED}. */
    Set<Wanted> asked() {
        synchronized (lock) {
            return Set.copyOf(asked);
        }
    }

    /** Memory that the service's take. */
    long bytes(String service) {
        synchronized (lock) {
            return entries.entrySet().stream()
                    .filter(entry -> entry.getKey().service.equals(service))
                    .mapToLong(entry -> entry.getValue().values.bytes())
                    .sum();
        }
    }

    /** Whether more would soon push out what somebody looked at. */
    boolean nearlyFull() {
        synchronized (lock) {
            return bytes > mostBytes / 4 * 3;
        }
    }

    /** Cells of that time are about to be written: what is being read now is not kept. */
    void changing(String service, long time) {
        synchronized (lock) {
            changes.merge(service, 1L, Long::sum);
            drop(new Place(service, Math.floorDiv(time, MILLIS) * MILLIS, MILLIS));
            drop(new Place(service, Math.floorDiv(time, QUARTER_MILLIS) * QUARTER_MILLIS, QUARTER_MILLIS));
            for (Key key : List.copyOf(stretches.getOrDefault(service, Set.of()))) {
                if (key.start <= time && time < key.start + key.length) {
                    leave(key);
                }
            }
        }
    }

    /** The longest stretch from its beginning on, with little left over, that is kept in every one; the whole interval when none is. */
    Interval stretch(String service, Interval interval, Collection<Wanted> all) {
        long least = Math.max(LEAST_STRETCH_MILLIS, interval.length() - SPARE_MILLIS);
        synchronized (lock) {
            for (long length = interval.length(); length >= least; length -= MILLIS) {
                long tried = length;
                if (all.stream()
                        .allMatch(wanted -> entries.containsKey(new Key(service, interval.start(), tried, wanted)))) {
                    return new Interval(interval.start(), interval.start() + length);
                }
            }
        }
        return interval;
    }

    private void drop(Place place) {
        Set<Key> keys = places.remove(place);
        if (keys != null) {
            keys.forEach(key -> forget(entries.remove(key)));
        }
    }

    private void forget(@Nullable Entry entry) {
        bytes -= entry == null ? 0 : entry.values.bytes();
    }

    /**
     * Adds the values to the totals.
     *
     * @param length {@link #MILLIS}, {@link #QUARTER_MILLIS} or a stretch of half hours
     * @param files that hold the cells now
     * @return the windows that it is made of, or -1 when it is not known
     */
    int addTo(Totals totals, String service, long start, long length, Wanted wanted, List<PeriodFile> files) {
        Entry entry;
        synchronized (lock) {
            if (asked.size() < MOST_ASKED) {
                asked.add(wanted);
            }
            entry = entries.get(new Key(service, start, length, wanted));
        }
        if (entry == null || !entry.files.equals(files)) {
            return -1;
        }
        entry.values.each((series, instance, value) -> totals.add(series, instance, value, start + length));
        return entry.windows;
    }

    /**
     * A quarter of a day takes the place of its half hours, where series are not added up: over time they are looked at in half hours.
     *
     * @param version as it was before the reading began
     */
    void put(
            String service,
            long start,
            long length,
            Wanted wanted,
            List<PeriodFile> files,
            @Nullable Totals totals,
            int windows,
            long version) {
        PackedValues values = PackedValues.of(totals == null ? new Totals(false) : totals);
        Key key = new Key(service, start, length, wanted);
        synchronized (lock) {
            if (version != changes.getOrDefault(service, 0L)) {
                return;
            }
            boolean instead = length == QUARTER_MILLIS && wanted.by == null;
            for (long half = start; instead && half < start + length; half += MILLIS) {
                leave(new Key(service, half, MILLIS, wanted));
            }
            forget(entries.put(key, new Entry(files, values, windows)));
            if (key.block()) {
                places.computeIfAbsent(key.place(), absent -> new HashSet<>()).add(key);
            } else {
                stretches.computeIfAbsent(service, absent -> new HashSet<>()).add(key);
            }
            bytes += values.bytes();
            while (bytes > mostBytes && !entries.isEmpty()) {
                leave(entries.keySet().iterator().next());
            }
        }
    }

    private void leave(Key key) {
        forget(entries.remove(key));
        Set<Key> whole = stretches.get(key.service);
        if (whole != null && whole.remove(key) && whole.isEmpty()) {
            stretches.remove(key.service);
        }
        Set<Key> keys = places.get(key.place());
        if (keys != null && keys.remove(key) && keys.isEmpty()) {
            places.remove(key.place());
        }
    }
}
