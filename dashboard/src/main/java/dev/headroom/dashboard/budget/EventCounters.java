package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Condition;
import dev.headroom.dashboard.budget.file.Dimension;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
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
    private final List<Check> checks = new ArrayList<>();
    private final Object lock = new Object();
    /** Guarded by lock: by service, check and subject. */
    private final Map<String, Map<Check, Map<String, long[]>>> counts = new HashMap<>();

    EventCounters(List<Check> all) {
        for (Check check : all) {
            Measure measure = check.budget().measure();
            boolean countable = !(measure instanceof Measure.Ratio) && !(measure instanceof Measure.Statistic);
            if (check.source() != null && countable && check.budget().compare() == null) {
                checks.add(check);
            }
        }
    }

    void add(Batch batch) {
        Origin origin = new Origin(
                batch.sender().service(),
                batch.sender().instance(),
                batch.sender().resource());
        synchronized (lock) {
            Map<Check, Map<String, long[]>> ofService =
                    counts.computeIfAbsent(origin.service(), any -> new HashMap<>());
            for (Point point : batch.points()) {
                Sighting sighting = new Sighting(point.key(), origin, point.value());
                for (Check check : checks) {
                    add(ofService, check, sighting);
                }
            }
        }
    }

    /** Series by series and never merged: this is done for every point that comes. */
    private static void add(Map<Check, Map<String, long[]>> ofService, Check check, Sighting sighting) {
        Check.Found found = check.found(sighting.key(), sighting.origin());
        String subject = found.subject();
        if (subject != null) {
            Map<String, long[]> subjects = ofService.computeIfAbsent(check, any -> new HashMap<>());
            Tally tally = found.present()
                    ? Tally.NONE
                    : Tally.of(check, check.budget().measure(), sighting);
            add(check, count(subjects, subject), tally);
        }
    }

    private static long[] count(Map<String, long[]> subjects, String subject) {
        long[] count = subjects.get(subject);
        if (count != null) {
            return count;
        }
        String name = subjects.size() >= Tally.MAX_SUBJECTS ? Facts.OTHER : subject;
        return subjects.computeIfAbsent(name, any -> new long[3]);
    }

    private static void add(Check check, long[] count, Tally tally) {
        count[0] += tally.n() - (timed(check.budget().measure()) ? tally.untimed() : 0);
        count[1] += over(check, tally, false);
        count[2] += over(check, tally, true);
    }

    /** Whether the limit is about durations: then only events that were timed are counted. */
    private static boolean timed(Measure measure) {
        Condition condition = measure.condition();
        return measure instanceof Measure.Quantile
                || (condition != null && condition.quantity().dimension() == Dimension.TIME);
    }

    private static long over(Check check, Tally tally, boolean acceptable) {
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
        boolean timed = condition != null && condition.quantity().dimension() == Dimension.TIME;
        Bracket meeting = condition != null && timed && durations != null
                ? Durations.meeting(durations, condition)
                : Bracket.exactly(tally.meeting());
        boolean upper = check.budget().target().operator().upper();
        return upper ? meeting.surely() : meeting.others(tally.n()).surely();
    }

    List<BudgetFigures.Events> events() {
        List<BudgetFigures.Events> events = new ArrayList<>();
        synchronized (lock) {
            counts.forEach((service, ofService) -> ofService.forEach(
                    (check, subjects) -> subjects.forEach((subject, count) -> events.add(new BudgetFigures.Events(
                            service, check.budget().id(), subject, count[0], count[1], count[2])))));
        }
        return events;
    }
}
