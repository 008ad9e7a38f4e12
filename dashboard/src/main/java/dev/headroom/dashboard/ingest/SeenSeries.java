package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The series of one service, of this hour and of the one before, within its limit and the one for all. Thread-safe. */
final class SeenSeries {
    private static final Duration GENERATION = Duration.ofHours(1);
    private static final int MOST_METRICS = 1_000;
    /** From this share of the limit on it is worth saying what they are made of. */
    private static final double MANY = 0.5;

    private final String service;
    private final int limit;
    private final int inAll;
    private final AtomicInteger total;
    private final Object lock = new Object();
    // All guarded by lock.
    private Map<SeriesKey, SeriesKey> current = new HashMap<>();
    private Map<SeriesKey, SeriesKey> previous = new HashMap<>();
    private Set<String> metrics = new HashSet<>();
    private Instant turned;
    private long folded;

    /** @param total series of all services, kept up to date from here */
    SeenSeries(String service, int limit, int inAll, AtomicInteger total, Instant now) {
        this.service = service;
        this.limit = limit;
        this.inAll = inAll;
        this.total = total;
        this.turned = now;
    }

    int limit() {
        return limit;
    }

    /**
     * The key, or null where it is one too many. Of equal keys always the same one: batches that wait and everything that counts
     * them then hold a series' names once, and comparing keys is comparing references.
     */
    @Nullable
    SeriesKey admitted(SeriesKey key, Instant now) {
        synchronized (lock) {
            turn(now);
            SeriesKey known = current.get(key);
            if (known != null) {
                return known;
            }
            SeriesKey earlier = previous.remove(key);
            if (earlier != null) {
                current.put(earlier, earlier);
                return earlier;
            }
            if (key.attributes().equals(SeriesCap.OVERFLOW)) {
                return named(key.metric()) ? key : null;
            }
            if (current.size() + previous.size() >= limit || !reserved()) {
                return null;
            }
            current.put(key, key);
            metrics.add(key.metric());
            return key;
        }
    }

    private boolean reserved() {
        if (total.incrementAndGet() <= inAll) {
            return true;
        }
        total.decrementAndGet();
        return false;
    }

    /** Whether there is, or may be, an overflow series of the metric: names of metrics are bounded, too. */
    boolean knows(String metric) {
        synchronized (lock) {
            return named(metric);
        }
    }

    private boolean named(String metric) {
        return metrics.contains(metric) || (metrics.size() < MOST_METRICS && metrics.add(metric));
    }

    void folded(long points) {
        synchronized (lock) {
            folded += points;
        }
    }

    private void turn(Instant now) {
        if (Duration.between(turned, now).compareTo(GENERATION) < 0) {
            return;
        }
        total.addAndGet(-previous.size());
        previous = current;
        current = new HashMap<>();
        metrics = new HashSet<>();
        previous.keySet().forEach(key -> metrics.add(key.metric()));
        turned = now;
    }

    /** Whether nothing of it is left. */
    boolean idle(Instant now) {
        synchronized (lock) {
            turn(now);
            return current.isEmpty() && previous.isEmpty();
        }
    }

    SeriesUse use(Instant now) {
        synchronized (lock) {
            turn(now);
            int used = current.size() + previous.size();
            if (folded == 0 && used < limit * MANY) {
                return new SeriesUse(service, used, limit, folded, null, 0);
            }
            Map<String, Set<String>> values = new HashMap<>();
            current.keySet().forEach(key -> add(values, key));
            previous.keySet().forEach(key -> add(values, key));
            String top = null;
            int most = 0;
            for (Map.Entry<String, Set<String>> each : values.entrySet()) {
                if (each.getValue().size() > most) {
                    top = each.getKey();
                    most = each.getValue().size();
                }
            }
            return new SeriesUse(service, used, limit, folded, top, most);
        }
    }

    private static void add(Map<String, Set<String>> values, SeriesKey key) {
        key.attributes()
                .forEach((name, value) ->
                        values.computeIfAbsent(name, any -> new HashSet<>()).add(value));
    }
}
