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
    // Both guarded by lock.
    private final Map<Key, long[]> counts = new HashMap<>();
    private final Map<Key, Integer> subjects = new HashMap<>();

    private record Key(String service, String budget, String subject) {}

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
        List<Sighting> sightings = new ArrayList<>();
        for (Point point : batch.points()) {
            sightings.add(new Sighting(point.key(), origin, point.value()));
        }
        for (Check check : checks) {
            Map<String, List<Tally>> tallies = Tally.count(check, sightings);
            synchronized (lock) {
                tallies.forEach((subject, tally) -> add(check, origin.service(), subject, tally.get(0)));
            }
        }
    }

    private void add(Check check, String service, String subject, Tally tally) {
        Key key = new Key(service, check.budget().id(), subject);
        if (!counts.containsKey(key)) {
            Key budget = new Key(service, key.budget, "");
            if (subjects.getOrDefault(budget, 0) >= Tally.MAX_SUBJECTS) {
                key = new Key(service, key.budget, Facts.OTHER);
            } else {
                subjects.merge(budget, 1, Integer::sum);
            }
        }
        long[] count = counts.computeIfAbsent(key, any -> new long[3]);
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
            counts.forEach((key, count) -> events.add(
                    new BudgetFigures.Events(key.service, key.budget, key.subject, count[0], count[1], count[2])));
        }
        return events;
    }
}
