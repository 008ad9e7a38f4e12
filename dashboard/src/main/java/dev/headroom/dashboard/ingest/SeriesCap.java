package dev.headroom.dashboard.ingest;

import dev.headroom.catalog.Attribute;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps one service from filling the store with series. Beyond the cap new series are added up in the metric's overflow series:
 * totals stay exact, only the detail is lost. A series that was not seen for an hour or two makes room. Thread-safe.
 */
final class SeriesCap {
    private static final Duration GENERATION = Duration.ofHours(1);
    private static final Map<String, String> OVERFLOW = Map.of(Attribute.OVERFLOW.key(), "true");

    private final int maxSeries;
    private final InstantSource clock;
    private final Map<String, Seen> services = new ConcurrentHashMap<>();

    /** @param maxSeries active series per service */
    SeriesCap(int maxSeries, InstantSource clock) {
        this.maxSeries = maxSeries;
        this.clock = clock;
    }

    /** The batch, its points beyond the cap folded. */
    Batch apply(Batch batch, Rejections rejections) {
        Seen seen = services.computeIfAbsent(batch.sender().service(), name -> new Seen(clock.instant()));
        List<Point> kept = new ArrayList<>(batch.points().size());
        Map<SeriesKey, Value> overflow = new LinkedHashMap<>();
        long folded = 0;
        for (Point point : batch.points()) {
            if (seen.admits(point.key(), maxSeries, clock.instant())) {
                kept.add(point);
            } else {
                overflow.merge(new SeriesKey(point.key().metric(), OVERFLOW), point.value(), SeriesCap::combine);
                folded++;
            }
        }
        if (folded == 0) {
            return batch;
        }
        rejections.warn("in the overflow series, for the service has more than " + maxSeries + " series", folded);
        overflow.forEach((key, value) -> kept.add(new Point(key, value)));
        return new Batch(
                batch.sender(), batch.cursor(), batch.start(), batch.end(), kept, batch.streams(), batch.delivery());
    }

    /** Active series of each service. */
    Map<String, Integer> active() {
        Map<String, Integer> active = new HashMap<>();
        services.forEach((service, seen) -> active.put(service, seen.size()));
        return active;
    }

    /** Two values of one series; the later where they do not add. */
    static Value combine(Value one, Value two) {
        if (one instanceof Value.Distribution first && two instanceof Value.Distribution second) {
            return first.merge(second);
        }
        if (one instanceof Value.Sum first && two instanceof Value.Sum second) {
            return first.merge(second);
        }
        return two;
    }

    /** Series of this hour and of the one before. */
    private static final class Seen {
        private final Object lock = new Object();
        private Set<SeriesKey> current = new HashSet<>();
        private Set<SeriesKey> previous = new HashSet<>();
        private Instant turned;

        Seen(Instant now) {
            this.turned = now;
        }

        boolean admits(SeriesKey key, int maxSeries, Instant now) {
            synchronized (lock) {
                if (Duration.between(turned, now).compareTo(GENERATION) >= 0) {
                    previous = current;
                    current = new HashSet<>();
                    turned = now;
                }
                if (current.contains(key)) {
                    return true;
                }
                if (previous.remove(key) || current.size() + previous.size() < maxSeries) {
                    current.add(key);
                    return true;
                }
                return key.attributes().equals(OVERFLOW);
            }
        }

        int size() {
            synchronized (lock) {
                return current.size() + previous.size();
            }
        }
    }
}
