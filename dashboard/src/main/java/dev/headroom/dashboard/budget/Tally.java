package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Condition;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.DistributionTotal;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The events of one subject, counted for one measure. Immutable.
 *
 * @param n events
 * @param meeting those of series that meet the measure's condition on a word; n where there is none
 * @param durations how long they took; null where only their number is known
 */
record Tally(long n, long meeting, Value.@Nullable Distribution durations) {
    static final Tally NONE = new Tally(0, 0, null);

    /** Subjects beyond this many are counted together. */
    static final int MAX_SUBJECTS = 200;

    Tally plus(Tally other) {
        Value.Distribution both = durations;
        if (both == null) {
            both = other.durations;
        } else if (other.durations != null) {
            both = both.merge(other.durations);
        }
        return new Tally(n + other.n, meeting + other.meeting, both);
    }

    /** Of the events, those whose duration is not known because the agent read no clock. */
    long untimed() {
        return durations == null ? 0 : durations.untimed();
    }

    /** The measures that need a tally each: two for a ratio. */
    static List<Measure> parts(Budget budget) {
        return budget.measure() instanceof Measure.Ratio ratio
                ? List.of(ratio.over(), ratio.under())
                : List.of(budget.measure());
    }

    /** Counts what the check selects, by subject; one tally for each part of its measure. */
    static Map<String, List<Tally>> count(Check check, List<Sighting> sightings) {
        Map<String, Sum[]> subjects = new HashMap<>();
        List<Measure> parts = parts(check.budget());
        for (Sighting sighting : sightings) {
            Check.Found found = check.found(sighting.key(), sighting.origin());
            String subject = found.subject();
            boolean present = found.present();
            if (subject == null) {
                continue;
            }
            if (subjects.size() >= MAX_SUBJECTS && !subjects.containsKey(subject)) {
                subject = Facts.OTHER;
            }
            Sum[] sums = subjects.get(subject);
            if (sums == null) {
                sums = new Sum[parts.size()];
                Arrays.setAll(sums, any -> new Sum());
                subjects.put(subject, sums);
            }
            for (int i = 0; i < sums.length && !present; i++) {
                sums[i].add(of(check, parts.get(i), sighting));
            }
        }
        Map<String, List<Tally>> tallies = new HashMap<>();
        subjects.forEach((subject, sums) ->
                tallies.put(subject, Stream.of(sums).map(Sum::tally).toList()));
        return tallies;
    }

    /** Adds up in place. */
    private static final class Sum {
        private long n;
        private long meeting;
        private @Nullable DistributionTotal durations;

        void add(Tally more) {
            n += more.n;
            meeting += more.meeting;
            if (more.durations == null) {
                return;
            }
            if (durations == null) {
                durations = new DistributionTotal(more.durations);
            } else {
                durations.add(more.durations);
            }
        }

        Tally tally() {
            return n == 0 && meeting == 0 && durations == null
                    ? NONE
                    : new Tally(n, meeting, durations == null ? null : durations.value());
        }
    }

    static List<Tally> plus(List<Tally> a, List<Tally> b) {
        List<Tally> sum = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            sum.add(a.get(i).plus(b.get(i)));
        }
        return sum;
    }

    static Tally of(Check check, Measure part, Sighting sighting) {
        return passes(check, part, sighting)
                ? of(check, sighting.value(), check.holds(part.condition(), sighting.key(), sighting.origin()))
                : NONE;
    }

    /** Whether the part counts events of the series at all. */
    static boolean passes(Check check, Measure part, Sighting sighting) {
        Measure.Filter filter = filter(part);
        return filter == null || filter.value().matches(check.fact(filter.key(), sighting.key(), sighting.origin()));
    }

    /** @param meets whether the series meets the part's condition on a word */
    static Tally of(Check check, Value value, boolean meets) {
        if (value instanceof Value.Distribution durations) {
            Condition narrowing = check.narrowing();
            if (narrowing != null) {
                long n = Durations.meeting(durations, narrowing).surely();
                return new Tally(n, meets ? n : 0, null);
            }
            long n = durations.calls();
            return new Tally(n, meets ? n : 0, durations);
        }
        if (value instanceof Value.Sum sum) {
            long n = Math.round(sum.amount());
            return new Tally(n, meets ? n : 0, null);
        }
        return NONE;
    }

    private static Measure.@Nullable Filter filter(Measure part) {
        if (part instanceof Measure.Quantile quantile) {
            return quantile.filter();
        }
        return part instanceof Measure.Statistic statistic ? statistic.filter() : null;
    }
}
