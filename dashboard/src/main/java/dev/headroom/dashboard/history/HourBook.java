package dev.headroom.dashboard.history;

import dev.headroom.dashboard.budget.EventCounts;
import dev.headroom.dashboard.budget.EventHistory;
import dev.headroom.dashboard.budget.EventHistory.Counted;
import dev.headroom.dashboard.store.HistoryStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One service's events by the hour, always worked out from the stored windows and never added to: an hour that is worked out twice
 * says the same. An hour begins where the stored windows of the one before really ended, so that a window across the boundary
 * counts once. Hours that windows came late for are worked out again; so are all at the start, because nobody knows what came last
 * before a kill. Where the store has forgotten an hour's windows, what was worked out before stays. Not thread-safe.
 */
final class HourBook {
    static final Duration HOUR = Duration.ofHours(1);

    private final String service;
    private final EventHistory events;
    private final HistoryStore store;
    private final TreeMap<Instant, Mark> marks = new TreeMap<>();
    private final NavigableSet<Instant> due = new TreeSet<>();
    private final Map<Instant, HistoryStore.Hour> unsaved = new HashMap<>();
    private Instant reach;
    private Instant first = Instant.MAX;

    /** What is in memory of an hour. */
    private record Mark(Instant to, long revision) {}

    /** @param from the oldest hour that is wanted */
    HourBook(String service, EventHistory events, HistoryStore store, Instant from, Instant now) {
        this.service = service;
        this.events = events;
        this.store = store;
        this.reach = floor(from);
        store.hours(service, reach, now).forEach(hour -> marks.put(hour.begin(), new Mark(hour.to(), hour.revision())));
        for (Instant hour = reach; hour.isBefore(floor(now)); hour = hour.plus(HOUR)) {
            due.add(hour);
        }
    }

    static Instant floor(Instant time) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), HOUR.toSeconds()) * HOUR.toSeconds());
    }

    /** Whether every hour that is over is worked out. */
    boolean settled() {
        return due.isEmpty();
    }

    /** Something was stored that belongs to the time; what is not over yet is worked out in any case. */
    void touched(Instant start, Instant end, Instant now) {
        Instant last = floor(now);
        for (Instant hour = max(floor(start), reach);
                hour.isBefore(end) && hour.isBefore(last);
                hour = hour.plus(HOUR)) {
            due.add(hour);
        }
    }

    /** Other budgets count from now on: hours that were worked out for others are due again. */
    void revised(long revision) {
        marks.forEach((hour, mark) -> {
            if (mark.revision() != revision) {
                due.add(hour);
            }
        });
    }

    /** Hours that have ended by now. */
    void advance(Instant from, Instant now) {
        reach = floor(from);
        due.headSet(reach).clear();
        marks.headMap(reach).clear();
        Instant last = floor(now);
        Instant next = marks.isEmpty() ? reach : marks.lastKey().plus(HOUR);
        for (Instant hour = next; hour.isBefore(last); hour = hour.plus(HOUR)) {
            due.add(hour);
        }
    }

    /** Works out the oldest hours that are due, at most so many, and stores them. */
    void work(int most, long revision) {
        List<HistoryStore.Hour> worked = new ArrayList<>();
        for (int i = 0; i < most && !due.isEmpty(); i++) {
            Instant hour = due.first();
            worked.add(work(hour, revision));
            due.remove(hour);
        }
        worked.forEach(hour -> unsaved.put(hour.begin(), hour));
        if (!unsaved.isEmpty()) {
            store.putHours(service, List.copyOf(unsaved.values()), reach);
            unsaved.clear();
        }
    }

    private HistoryStore.Hour work(Instant hour, long revision) {
        Mark before = marks.get(hour.minus(HOUR));
        Instant from = before == null ? hour : max(hour, before.to());
        Instant end = hour.plus(HOUR);
        EventHistory.Part part = from.isBefore(end)
                ? events.count(service, new TimeRange(from, end))
                : new EventHistory.Part(from, Map.of());
        Map<HistoryStore.Counted, long[]> counts = new HashMap<>();
        part.counts()
                .forEach((about, count) -> counts.put(
                        new HistoryStore.Counted(about.budget(), about.subject(), about.definition()),
                        new long[] {count.all(), count.overTarget(), count.overAcceptable()}));
        HistoryStore.Hour worked = new HistoryStore.Hour(hour, from, max(end, part.to()), revision, counts);
        Mark known = marks.get(hour);
        HistoryStore.Hour kept = known == null ? worked : notForgotten(worked);
        marks.put(hour, new Mark(kept.to(), revision));
        if (known != null && !known.to().equals(kept.to()) && marks.containsKey(end)) {
            due.add(end);
        }
        return kept;
    }

    /**
     * What is stored of a time never becomes less, unless the store lets go of it: then what was worked out before is the truth. Of
     * another time, because a window came late across the boundary, the new one is.
     */
    private HistoryStore.Hour notForgotten(HistoryStore.Hour worked) {
        Instant begin = worked.begin();
        List<HistoryStore.Hour> found = store.hours(service, begin, begin.plus(HOUR));
        if (found.isEmpty()) {
            return worked;
        }
        HistoryStore.Hour stored = found.get(0);
        boolean sameTime = stored.from().equals(worked.from()) && stored.to().equals(worked.to());
        if (!sameTime && !worked.counts().isEmpty()) {
            return worked;
        }
        Set<String> current = new HashSet<>();
        events.accounts().forEach(account -> current.add(account.budget() + ' ' + account.definition()));
        Map<HistoryStore.Counted, long[]> counts = new HashMap<>(worked.counts());
        stored.counts().forEach((about, count) -> {
            long[] now = counts.get(about);
            boolean more = now == null || now[0] < count[0];
            if (more && current.contains(about.budget() + ' ' + about.definition())) {
                counts.put(about, count);
            }
        });
        return new HistoryStore.Hour(begin, stored.from(), stored.to(), worked.revision(), counts);
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Where the last hour that is worked out ends; the present begins there. */
    Instant end(Instant now) {
        for (int back = 1; back <= 2; back++) {
            Mark last = marks.get(floor(now).minus(HOUR.multipliedBy(back)));
            if (last != null) {
                return last.to();
            }
        }
        return floor(now);
    }

    /** Sums of the hours since each of these times that begin before {@code upTo}. */
    List<Map<Counted, EventCounts>> sums(List<Instant> since, Instant upTo) {
        List<Map<Counted, EventCounts>> sums = new ArrayList<>();
        since.forEach(any -> sums.add(new HashMap<>()));
        Instant oldest = since.stream().min(Instant::compareTo).orElse(Instant.MAX);
        if (since.isEmpty()) {
            return sums;
        }
        first = upTo;
        for (HistoryStore.Hour hour : store.hours(service, floor(oldest), upTo)) {
            if (!hour.counts().isEmpty() && hour.begin().isBefore(first)) {
                first = hour.begin();
            }
            for (int i = 0; i < since.size(); i++) {
                if (!hour.begin().isBefore(floor(since.get(i)))) {
                    Map<Counted, EventCounts> sum = sums.get(i);
                    hour.counts()
                            .forEach((about, count) -> sum.merge(
                                    new Counted(about.budget(), about.subject(), about.definition()),
                                    new EventCounts(count[0], count[1], count[2]),
                                    EventCounts::plus));
                }
            }
        }
        return sums;
    }

    /** The oldest hour of the last sums in which anything happened; the end of the last one where nothing did. */
    Instant first() {
        return first;
    }
}
