package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Condition;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a comparison: all events of a subject, and for averages and rates what each slice of time adds to numerator and
 * denominator. Immutable.
 *
 * @param slices empty where the measure needs none
 */
record Side(Tally total, List<Estimate.Sample> slices) {
    /** Whether the interval of the measure comes from slices of time. */
    static boolean sliced(Measure measure) {
        if (measure instanceof Measure.Ratio ratio) {
            return sliced(ratio.over()) || sliced(ratio.under());
        }
        boolean average =
                measure instanceof Measure.Statistic statistic && statistic.kind() == Measure.Statistic.Kind.AVG;
        return average || measure instanceof Measure.Rate || measure instanceof Measure.Count;
    }

    static Side of(Tally total) {
        return new Side(total, List.of());
    }

    /** This and one more slice. */
    Side plus(Measure measure, Tally tally, double seconds) {
        List<Estimate.Sample> more = new ArrayList<>(slices);
        more.add(sample(measure, tally, seconds));
        return new Side(total.plus(tally), more);
    }

    static Estimate.Sample sample(Measure measure, Tally tally, double seconds) {
        Value.Distribution durations = tally.durations();
        if (measure instanceof Measure.Statistic) {
            return new Estimate.Sample(
                    durations == null ? 0 : durations.histogram().sum(), (double) tally.n());
        }
        return new Estimate.Sample((double) meeting(measure.condition(), tally).surely(), seconds);
    }

    /** Events that meet the condition, be it on a word or on their duration. */
    static Bracket meeting(@org.jspecify.annotations.Nullable Condition condition, Tally tally) {
        Value.Distribution durations = tally.durations();
        boolean timed = condition != null && condition.ofAmounts();
        return condition != null && timed && durations != null
                ? Durations.meeting(durations, condition)
                : Bracket.exactly(tally.meeting());
    }
}
