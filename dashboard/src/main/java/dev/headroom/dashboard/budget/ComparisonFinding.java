package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Condition;
import dev.headroom.dashboard.budget.file.Dimension;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.Value;
import java.math.BigDecimal;

/** Judges ratios and changes against a baseline by the interval that surely holds them. Stateless. */
final class ComparisonFinding {
    private ComparisonFinding() {}

    /** One measure over another. */
    static Finding ratio(Budget budget, Tally over, Tally under) {
        if (!(budget.measure() instanceof Measure.Ratio ratio)) {
            throw new IllegalArgumentException("No ratio: " + budget.measure());
        }
        long untimed = untimed(ratio.over(), over) + untimed(ratio.under(), under);
        if (untimed > 0) {
            return Finding.untimed(untimed, over.n() + under.n());
        }
        double confidence = part(budget);
        Estimate above = estimate(ratio.over(), over, confidence, 1);
        Estimate below = estimate(ratio.under(), under, confidence, 1);
        boolean enough = enough(budget, ratio.over(), over) && enough(budget, ratio.under(), under);
        return finding(
                budget,
                above.value() / below.value(),
                above.low() / below.high(),
                above.high() / below.low(),
                enough,
                over.n() + under.n(),
                text(above, ratio.over()) + " over " + text(below, ratio.under()) + "; " + above.method());
    }

    /** The change from the baseline, as a share of it. */
    static Finding change(Budget budget, Tally now, Tally baseline, double seconds, double baselineSeconds) {
        long untimed = untimed(budget.measure(), now) + untimed(budget.measure(), baseline);
        if (untimed > 0) {
            return Finding.untimed(untimed, now.n() + baseline.n());
        }
        double confidence = part(budget);
        Estimate current = estimate(budget.measure(), now, confidence, seconds);
        Estimate before = estimate(budget.measure(), baseline, confidence, baselineSeconds);
        boolean enough = enough(budget, budget.measure(), now) && enough(budget, budget.measure(), baseline);
        return finding(
                budget,
                current.value() / before.value() - 1,
                current.low() / before.high() - 1,
                current.high() / before.low() - 1,
                enough,
                now.n(),
                text(current, budget.measure()) + " after " + text(before, budget.measure()) + "; " + current.method());
    }

    /** Events without a duration, where the measure needs one. */
    private static long untimed(Measure measure, Tally tally) {
        Condition condition = measure.condition();
        boolean timed = measure instanceof Measure.Quantile
                || measure instanceof Measure.Statistic
                || (condition != null && condition.quantity().dimension() == Dimension.TIME);
        return timed ? tally.untimed() : 0;
    }

    private static Finding finding(
            Budget budget, double value, double low, double high, boolean enough, long n, String sentence) {
        Judgement judgement = Judge.interval(value, low, high, enough, budget.target(), budget.accepted());
        long over = judgement.verdict() == Verdict.NO_DATA || budget.target().metBy(value) ? 0 : n;
        return new Finding(
                judgement, value, false, n, over, judgement.verdict() == Verdict.FAIL ? n : 0, null, sentence);
    }

    /** Each side of a comparison gets half of the doubt. */
    private static double part(Budget budget) {
        return 1 - (1 - budget.knobs().confidence().doubleValue()) / 2;
    }

    private static String text(Estimate estimate, Measure measure) {
        return measure + " " + Wording.value(estimate.value(), measure.dimension());
    }

    private static boolean enough(Budget budget, Measure measure, Tally tally) {
        BigDecimal allowance = measure instanceof Measure.Quantile quantile
                ? BigDecimal.ONE.subtract(quantile.q())
                : new BigDecimal("0.05");
        return tally.n() >= Judge.minSamples(allowance, budget.knobs());
    }

    private static Estimate estimate(Measure measure, Tally tally, double confidence, double seconds) {
        Value.Distribution durations = tally.durations();
        if (measure instanceof Measure.Quantile quantile && durations != null) {
            return Estimate.quantile(durations.histogram(), quantile.q().doubleValue(), confidence);
        }
        if (measure instanceof Measure.Share share) {
            Condition condition = share.condition();
            boolean timed = condition.quantity().dimension() == Dimension.TIME && durations != null;
            Bracket meeting = timed && durations != null
                    ? Durations.meeting(durations, condition)
                    : Bracket.exactly(tally.meeting());
            return Estimate.share(meeting.surely(), tally.n(), confidence);
        }
        if (measure instanceof Measure.Statistic statistic && durations != null && tally.n() > 0) {
            return Estimate.point(
                    switch (statistic.kind()) {
                        case AVG -> durations.histogram().sum() / tally.n();
                        case MIN -> durations.histogram().min();
                        case MAX -> durations.histogram().max();
                    });
        }
        if (measure instanceof Measure.Rate) {
            return Estimate.point(tally.meeting() / seconds);
        }
        return measure instanceof Measure.Count ? Estimate.point((double) tally.meeting()) : Estimate.point(Double.NaN);
    }
}
