package dev.headroom.dashboard.store.local;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Half hours of a service that were read once, added up and packed, and quarters of a day made of them: who looks at a day reads
 * some fifteen of them instead of 144 cells from disk. An entry holds what the ten-minute cells of these files held; it is dropped
 * before readers are told of others. Least recently used ones leave first. Thread-safe.
 */
final class HalfHours {
    static final long MILLIS = 1_800_000;
    /** Twelve half hours. */
    static final long QUARTER_MILLIS = 12 * MILLIS;

    private static final int MOST_ASKED = 64;

    private record Key(String service, long start, long length, String metric) {
        Place place() {
            return new Place(service, start, length);
        }
    }

    private record Place(String service, long start, long length) {}

    private record Entry(List<PeriodFile> files, PackedValues values, int windows) {}

    private final long mostBytes;
    private final Object lock = new Object();
    // Guarded by lock.
    private final Map<Key, Entry> entries = new LinkedHashMap<>(256, 0.75f, true);
    private final Map<Place, Set<Key>> places = new HashMap<>();
    private final Map<String, Long> changes = new HashMap<>();
    /** Metrics that somebody asked for. */
    private final Set<String> asked = new TreeSet<>();

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

    /** The metrics that were asked for so far, not more than {@value #MOST_ASKED}. */
    Set<String> asked() {
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
        }
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
     * Adds the metric's values to the totals.
     *
     * @param length {@link #MILLIS} or {@link #QUARTER_MILLIS}
     * @param files that hold the cells now
     * @return the windows that it is made of, or -1 when it is not known
     */
    int addTo(Totals totals, String service, long start, long length, String metric, List<PeriodFile> files) {
        Entry entry;
        synchronized (lock) {
            if (asked.size() < MOST_ASKED) {
                asked.add(metric);
            }
            entry = entries.get(new Key(service, start, length, metric));
        }
        if (entry == null || !entry.files.equals(files)) {
            return -1;
        }
        entry.values.each((series, instance, value) -> totals.add(series, instance, value, start + length));
        return entry.windows;
    }

    /**
     * A quarter of a day takes the place of its half hours.
     *
     * @param version as it was before the reading began
     */
    void put(
            String service,
            long start,
            long length,
            String metric,
            List<PeriodFile> files,
            @Nullable Totals totals,
            int windows,
            long version) {
        PackedValues values = PackedValues.of(totals == null ? new Totals(false) : totals);
        Key key = new Key(service, start, length, metric);
        synchronized (lock) {
            if (version != changes.getOrDefault(service, 0L)) {
                return;
            }
            for (long half = start; length > MILLIS && half < start + length; half += MILLIS) {
                leave(new Key(service, half, MILLIS, metric));
            }
            forget(entries.put(key, new Entry(files, values, windows)));
            places.computeIfAbsent(key.place(), absent -> new HashSet<>()).add(key);
            bytes += values.bytes();
            while (bytes > mostBytes && !entries.isEmpty()) {
                leave(entries.keySet().iterator().next());
            }
        }
    }

    private void leave(Key key) {
        forget(entries.remove(key));
        Set<Key> keys = places.get(key.place());
        if (keys != null && keys.remove(key) && keys.isEmpty()) {
            places.remove(key.place());
        }
    }
}
