package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Condition;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts every stored event once for each budget that selects it: all, over target, over acceptable. Begins at zero with the
 * dashboard, which is harmless to rates; a repeated request is not told of, so nothing counts twice. Thread-safe.
 */
final class EventCounters {
    private static final int MOST_KNOWN = 50_000;

    /** Those that say of a series the same whichever JVM it comes from, and the others. */
    private final List<Check> checks = new ArrayList<>();

    private final List<Check> apart = new ArrayList<>();
    private final Object lock = new Object();
    // Guarded by lock, as the lists are and all that is in it.
    private final Map<String, OfService> counts = new HashMap<>();

    private static final class OfService {
        private final Map<Check, Map<String, Count>> counts = new HashMap<>();
        /** What counts the events of a series; found out once. */
        private final Map<SeriesKey, List<Counted>> known = new HashMap<>();
    }

    /** Events of one subject, and how many of them do not meet the limits. */
    private static final class Count {
        private long all;
        private long overTarget;
        private long overAcceptable;
    }

    /**
     * A series' events are counted there.
     *
     * @param meets whether the series meets the measure's condition on a word
     */
    private record Counted(Check check, Count count, boolean meets) {}

    EventCounters(List<Check> all) {
        sort(all);
    }

    private void sort(List<Check> all) {
        for (Check check : all) {
            Measure measure = check.budget().measure();
            boolean countable = !(measure instanceof Measure.Ratio) && !(measure instanceof Measure.Statistic);
            if (check.source() != null && countable && check.budget().compare() == null) {
                (check.tellsJvmsApart() ? apart : checks).add(check);
            }
        }
    }

    /**
     * Counts for other budgets from now on.
     *
     * @param unchanged the checks that go on with the counts of an earlier one; all others begin at zero
     */
    void replace(List<Check> all, Map<Check, Check> unchanged) {
        synchronized (lock) {
            checks.clear();
            apart.clear();
            sort(all);
            for (OfService each : counts.values()) {
                Map<Check, Map<String, Count>> before = new HashMap<>(each.counts);
                each.counts.clear();
                each.known.clear();
                unchanged.forEach((check, earlier) -> {
                    Map<String, Count> kept = before.get(earlier);
                    if (kept != null) {
                        each.counts.put(check, kept);
                    }
                });
            }
        }
    }

    void add(Batch batch) {
        Origin origin = new Origin(
                batch.sender().service(),
                batch.sender().instance(),
                batch.sender().resource());
        synchronized (lock) {
            OfService ofService = counts.computeIfAbsent(origin.service(), any -> new OfService());
            for (Point point : batch.points()) {
                add(ofService, new Sighting(point.key(), origin, point.value()));
            }
        }
    }

    /** Series by series and never merged: this is done for every point that comes. */
    private void add(OfService ofService, Sighting sighting) {
        List<Counted> known = ofService.known.get(sighting.key());
        if (known == null) {
            if (ofService.known.size() >= MOST_KNOWN) {
                ofService.known.clear();
            }
            known = counted(ofService, checks, sighting);
            ofService.known.put(sighting.key(), known);
        }
        known.forEach(each -> add(each, sighting));
        if (!apart.isEmpty()) {
            counted(ofService, apart, sighting).forEach(each -> add(each, sighting));
        }
    }

    /** Where the series holds events of a check; a subject that it only tells of is named, and counts none. */
    private static List<Counted> counted(OfService ofService, List<Check> checks, Sighting sighting) {
        List<Counted> counted = new ArrayList<>();
        for (Check check : checks) {
            Check.Found found = check.found(sighting.key(), sighting.origin());
            String subject = found.subject();
            if (subject != null) {
                Count count = of(ofService.counts.computeIfAbsent(check, any -> new HashMap<>()), subject);
                Measure measure = check.budget().measure();
                if (!found.present() && Tally.passes(check, measure, sighting)) {
                    boolean meets = check.holds(measure.condition(), sighting.key(), sighting.origin());
                    counted.add(new Counted(check, count, meets));
                }
            }
        }
        return List.copyOf(counted);
    }

    private static void add(Counted counted, Sighting sighting) {
        add(counted.check, counted.count, Tally.of(counted.check, sighting.value(), counted.meets));
    }

    private static Count of(Map<String, Count> subjects, String subject) {
        Count count = subjects.get(subject);
        if (count != null) {
            return count;
        }
        String name = subjects.size() >= Tally.MAX_SUBJECTS ? Facts.OTHER : subject;
        return subjects.computeIfAbsent(name, any -> new Count());
    }

    private static void add(Check check, Count count, Tally tally) {
        count.all += tally.n() - (timed(check.budget().measure()) ? tally.untimed() : 0);
        count.overTarget += over(check, tally, false);
        count.overAcceptable += over(check, tally, true);
    }

    /** Whether the limit is about durations: then only events that were timed are counted. */
    static boolean timed(Measure measure) {
        Condition condition = measure.condition();
        return measure instanceof Measure.Quantile || (condition != null && condition.ofAmounts());
    }

    static long over(Check check, Tally tally, boolean acceptable) {
        Measure measure = check.budget().measure();
        Value.Distribution durations = tally.durations();
        if (measure instanceof Measure.Quantile) {
            return durations == null
                    ? 0
                    : Durations.missing(
                                    durations,
                                    acceptable
                                            ? check.budget().accepted()
                                            : check.budget().target())
                            .surely();
        }
        Condition condition = measure.condition();
        boolean timed = condition != null && condition.ofAmounts();
        Bracket meeting = condition != null && timed && durations != null
                ? Durations.meeting(durations, condition)
                : Bracket.exactly(tally.meeting());
        boolean upper = check.budget().target().operator().upper();
        return upper ? meeting.surely() : meeting.others(tally.n()).surely();
    }

    List<BudgetFigures.Events> events() {
        List<BudgetFigures.Events> events = new ArrayList<>();
        synchronized (lock) {
            counts.forEach((service, ofService) -> ofService.counts.forEach(
                    (check, subjects) -> subjects.forEach((subject, count) -> events.add(new BudgetFigures.Events(
                            service,
                            check.budget().id(),
                            subject,
                            count.all,
                            count.overTarget,
                            count.overAcceptable)))));
        }
        return events;
    }
}
