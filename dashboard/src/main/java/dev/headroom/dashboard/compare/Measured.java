package dev.headroom.dashboard.compare;

import dev.headroom.dashboard.budget.Estimate;
import dev.headroom.dashboard.store.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A figure of both sides.
 *
 * @param before in its own unit: seconds, or a share of one; null where there is none
 * @param change as a share of the value before; null where one is missing or was nothing
 * @param p how likely the slices of both sides come to lie so far apart by chance; null where there are too few of them
 */
public record Measured(
        @Nullable Double before,
        @Nullable Double after,
        @Nullable Double change,
        @Nullable Double p,
        Direction direction) {
    /** Of 200 operations that did not change one may look so in one of its slices' ranks alone. */
    private static final double CHANCE = 0.005;

    /** Six slices against six are the fewest that can be rarer than {@link #CHANCE}. */
    static final int FEWEST_SLICES = 6;

    /** Nobody acts on less. */
    static final double LEAST_CHANGE = 0.05;

    private static final double CONFIDENCE = 0.999;

    /** Where slices are too few to rank, the intervals decide alone. */
    private static final double CONFIDENCE_ALONE = 0.975;

    static final Measured NOTHING = new Measured(null, null, null, null, Direction.NO_EVIDENCE);

    /** A quantile of durations: less is better. */
    static Measured quantile(Performance before, Performance after, double q) {
        Value.Distribution a = before.total();
        Value.Distribution b = after.total();
        if (a == null
                || b == null
                || a.histogram().count() == 0
                || b.histogram().count() == 0) {
            return of(
                    a == null || a.histogram().count() == 0
                            ? null
                            : a.histogram().quantile(q),
                    b == null || b.histogram().count() == 0
                            ? null
                            : b.histogram().quantile(q));
        }
        List<Double> slicesBefore = before.quantiles(q);
        List<Double> slicesAfter = after.quantiles(q);
        double confidence = confidence(slicesBefore, slicesAfter);
        Estimate first = Estimate.quantile(a.histogram(), q, confidence);
        Estimate second = Estimate.quantile(b.histogram(), q, confidence);
        // What was not timed, or only by wide buckets, may be anywhere.
        boolean known = !a.coarse() && !b.coarse() && a.untimed() + b.untimed() == 0;
        return judged(
                first.value(),
                second.value(),
                known && apart(first, second),
                slicesBefore,
                slicesAfter,
                LEAST_CHANGE,
                true);
    }

    /** The share of calls that failed; these are rare, so that slices say nothing. Less is better. */
    static Measured errors(Performance before, Performance after) {
        if (before.calls() == 0 || after.calls() == 0) {
            return NOTHING;
        }
        Estimate first = Estimate.share(before.failed(), before.calls(), CONFIDENCE);
        Estimate second = Estimate.share(after.failed(), after.calls(), CONFIDENCE);
        Direction direction = !apart(first, second)
                ? Direction.NO_EVIDENCE
                : second.value() > first.value() ? Direction.WORSE : Direction.BETTER;
        return new Measured(first.value(), second.value(), change(first.value(), second.value()), null, direction);
    }

    /** The share of lookups that hit: more is better. */
    static @Nullable Measured hitRatio(Performance before, Performance after) {
        if (before.lookups() == 0 || after.lookups() == 0) {
            return null;
        }
        double confidence = confidence(before.hitRatios(), after.hitRatios());
        Estimate first = Estimate.share(before.hits(), before.lookups(), confidence);
        Estimate second = Estimate.share(after.hits(), after.lookups(), confidence);
        return judged(
                first.value(),
                second.value(),
                apart(first, second),
                before.hitRatios(),
                after.hitRatios(),
                LEAST_CHANGE / 5,
                false);
    }

    /** Statements of a request, on average: less is better. */
    static @Nullable Measured statements(Performance before, Performance after) {
        Double first = before.statementsPerCall();
        Double second = after.statementsPerCall();
        return first == null || second == null
                ? null
                : judged(
                        first,
                        second,
                        enough(before.statementsOfSlices(), after.statementsOfSlices()),
                        before.statementsOfSlices(),
                        after.statementsOfSlices(),
                        LEAST_CHANGE,
                        true);
    }

    /** Two values without evidence. */
    public static Measured of(@Nullable Double before, @Nullable Double after) {
        return new Measured(
                before,
                after,
                before == null || after == null ? null : change(before, after),
                null,
                Direction.NO_EVIDENCE);
    }

    private static Measured judged(
            double first,
            double second,
            boolean apart,
            List<Double> before,
            List<Double> after,
            double least,
            boolean lessIsBetter) {
        Double p = enough(before, after) ? Double.valueOf(RankSum.p(before, after)) : null;
        Double change = change(first, second);
        boolean large = change == null ? first != second : Math.abs(change) >= least;
        Direction direction = !apart || !large || (p != null && p > CHANCE)
                ? Direction.NO_EVIDENCE
                : (second < first) == lessIsBetter ? Direction.BETTER : Direction.WORSE;
        return new Measured(first, second, change, p, direction);
    }

    private static boolean enough(List<Double> before, List<Double> after) {
        return before.size() >= FEWEST_SLICES && after.size() >= FEWEST_SLICES;
    }

    private static double confidence(List<Double> before, List<Double> after) {
        return enough(before, after) ? CONFIDENCE : CONFIDENCE_ALONE;
    }

    private static boolean apart(Estimate first, Estimate second) {
        return first.high() < second.low() || second.high() < first.low();
    }

    private static @Nullable Double change(double first, double second) {
        return first == 0 ? null : Double.valueOf(second / first - 1);
    }
}
