package dev.headroom.dashboard.history;

import dev.headroom.dashboard.budget.EventCounts;
import dev.headroom.dashboard.budget.EventHistory;
import dev.headroom.dashboard.budget.EventHistory.Counted;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** One service's events of the last hours in slots of five minutes, for burn rates. Not thread-safe. */
final class BurnSlots {
    static final Duration SLOT = Duration.ofMinutes(5);
    private static final Duration REACH = Duration.ofHours(6).plus(SLOT);
    /** Windows that come late make everything be read again, but not more often. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final String service;
    private final EventHistory events;
    private final TreeMap<Instant, PackedCounts> slots = new TreeMap<>();
    private final Map<Counted, Integer> numbers = new HashMap<>();
    /** By number. */
    private final List<Counted> names = new ArrayList<>();

    private Instant to = Instant.EPOCH;
    private Instant rebuilt = Instant.EPOCH;
    private long revision;
    private boolean late;

    BurnSlots(String service, EventHistory events) {
        this.service = service;
        this.events = events;
    }

    /** Something was stored that begins then. */
    void touched(Instant start) {
        late |= start.isBefore(to);
    }

    /** Brings the slots that are over by {@code now} up to date. */
    void advance(Instant now, long newRevision) {
        Instant end = floor(now);
        boolean again =
                newRevision != revision || (late && !rebuilt.plus(PATIENCE).isAfter(now));
        if (again || to.isBefore(end.minus(REACH))) {
            slots.clear();
            numbers.clear();
            names.clear();
            to = end.minus(REACH);
            rebuilt = now;
            revision = newRevision;
            late = false;
        }
        if (to.isBefore(end)) {
            Instant from = to;
            List<EventHistory.Part> parts = events.slices(service, new TimeRange(from, end), SLOT);
            for (int i = 0; i < parts.size(); i++) {
                Instant slot = floor(from).plus(SLOT.multipliedBy(i));
                slots.put(slot, plus(slots.getOrDefault(slot, PackedCounts.NONE), parts.get(i)));
                to = parts.get(i).to();
            }
            to = to.isBefore(end) ? end : to;
        }
        slots.headMap(end.minus(REACH)).clear();
    }

    static Instant floor(Instant time) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), SLOT.toSeconds()) * SLOT.toSeconds());
    }

    /** Where the slots end. */
    Instant to() {
        return to;
    }

    private PackedCounts plus(PackedCounts before, EventHistory.Part part) {
        Map<Integer, EventCounts> counts = new TreeMap<>();
        collect(before, counts::put);
        part.counts().forEach((about, count) -> counts.merge(number(about), count, EventCounts::plus));
        return PackedCounts.of(counts);
    }

    private int number(Counted about) {
        return numbers.computeIfAbsent(about, added -> {
            names.add(added);
            return names.size() - 1;
        });
    }

    private void collect(PackedCounts counts, BiConsumer<Integer, EventCounts> to) {
        long[] sums = new long[names.size() * PackedCounts.PER_SUBJECT];
        counts.addTo(sums);
        collect(sums, to);
    }

    private void collect(long[] sums, BiConsumer<Integer, EventCounts> to) {
        for (int number = 0; number < names.size(); number++) {
            int at = number * PackedCounts.PER_SUBJECT;
            if (sums[at] > 0) {
                to.accept(number, new EventCounts(sums[at], sums[at + 1], sums[at + 2]));
            }
        }
    }

    /**
     * Sums of the slots since each of these times, which are taken down to a slot's begin.
     *
     * @param since latest first
     */
    List<Map<Counted, EventCounts>> since(List<Instant> since) {
        List<Map<Counted, EventCounts>> all = new ArrayList<>();
        long[] sums = new long[names.size() * PackedCounts.PER_SUBJECT];
        Instant added = Instant.MAX;
        for (Instant from : since) {
            slots.subMap(floor(from), true, added, false).values().forEach(slot -> slot.addTo(sums));
            added = floor(from);
            Map<Counted, EventCounts> counts = new HashMap<>();
            collect(sums, (number, count) -> counts.put(names.get(number), count));
            all.add(counts);
        }
        return all;
    }
}
