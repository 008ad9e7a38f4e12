package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Condition;
import dev.headroom.dashboard.budget.file.Dimension;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.Value;
import java.math.BigDecimal;
import java.util.function.DoubleFunction;

/** Judges ratios and changes against a baseline by the interval that surely holds them. Stateless. */
final class ComparisonFinding {
    private ComparisonFinding() {}

    /** One measure over another. */
    static Finding ratio(Budget budget, Side over, Side under) {
        if (!(budget.measure() instanceof Measure.Ratio ratio)) {
            throw new IllegalArgumentException("No ratio: " + budget.measure());
        }
        long n = over.total().n() + under.total().n();
        long untimed = untimed(ratio.over(), over.total()) + untimed(ratio.under(), under.total());
        if (untimed > 0) {
            return Finding.untimed(untimed, n);
        }
        double confidence = part(budget);
        Estimate above = estimate(ratio.over(), over, confidence);
        Estimate below = estimate(ratio.under(), under, confidence);
        boolean enough = enough(budget, ratio.over(), over.total()) && enough(budget, ratio.under(), under.total());
        return finding(
                budget,
                above.value() / below.value(),
                above.low() / below.high(),
                above.high() / below.low(),
                enough,
                n,
                text(above, ratio.over()) + " over " + text(below, ratio.under()) + "; " + above.method());
    }

    /**
     * The change from the baseline, as a share of it.
     *
     * @param name of the baseline
     */
    static Finding change(Budget budget, Side now, Side baseline, String name) {
        Measure measure = budget.measure();
        long untimed = untimed(measure, now.total()) + untimed(measure, baseline.total());
        if (untimed > 0) {
            return Finding.untimed(untimed, now.total().n() + baseline.total().n());
        }
        double confidence = part(budget);
        Estimate current = estimate(measure, now, confidence);
        Estimate before = Side.sliced(measure) && baseline.slices().size() == 1
                ? Estimate.asKept(baseline.slices().get(0))
                : estimate(measure, baseline, confidence);
        boolean gone = Side.sliced(measure) && baseline.total().n() > 0 && !(measure instanceof Measure.Statistic);
        boolean enough = (gone || enough(budget, measure, now.total())) && enough(budget, measure, baseline.total());
        if (Side.sliced(measure) && !enough) {
            return Finding.noData(
                    Reason.TOO_FEW,
                    now.total().n() + " now and " + baseline.total().n() + " " + name + " are too few to compare");
        }
        return finding(
                budget,
                current.value() / before.value() - 1,
                current.low() / before.high() - 1,
                current.high() / before.low() - 1,
                enough,
                now.total().n(),
                text(current, measure) + " against " + text(before, measure) + " (" + name + "); "
                        + (Double.isNaN(before.low()) ? before.method() : current.method()));
    }

    /** The change of readings from the baseline, each side estimated with the confidence that it is asked for. */
    static Finding readings(
            Budget budget, DoubleFunction<Estimate> now, DoubleFunction<Estimate> baseline, long n, String name) {
        double confidence = part(budget);
        Estimate current = now.apply(confidence);
        Estimate before = baseline.apply(confidence);
        return finding(
                budget,
                current.value() / before.value() - 1,
                current.low() / before.high() - 1,
                current.high() / before.low() - 1,
                true,
                n,
                text(current, budget.measure()) + " against " + text(before, budget.measure()) + " (" + name + "); "
                        + current.method());
    }

    /** Events without a duration, where the measure needs one. */
    private static long untimed(Measure measure, Tally tally) {
        Condition condition = measure.condition();
        boolean timed = measure instanceof Measure.Quantile
                || measure instanceof Measure.Statistic
                || (condition != null && condition.ofAmounts());
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
        Dimension dimension = measure instanceof Measure.Count ? Dimension.RATE : measure.dimension();
        return measure + " " + Wording.value(estimate.value(), dimension);
    }

    private static boolean enough(Budget budget, Measure measure, Tally tally) {
        BigDecimal allowance = measure instanceof Measure.Quantile quantile
                ? BigDecimal.ONE.subtract(quantile.q())
                : new BigDecimal("0.05");
        return tally.n() >= Judge.minSamples(allowance, budget.knobs());
    }

    /** Of totals alone: averages and rates have no interval then. */
    static Estimate estimate(Measure measure, Tally tally, double confidence, double seconds) {
        if (measure instanceof Measure.Count) {
            return Estimate.point(
                    (double) Side.meeting(measure.condition(), tally).surely());
        }
        if (Side.sliced(measure)) {
            Estimate.Sample all = Side.sample(measure, tally, seconds);
            return Estimate.point(all.over() / all.under());
        }
        return estimate(measure, Side.of(tally), confidence);
    }

    private static Estimate estimate(Measure measure, Side side, double confidence) {
        Tally tally = side.total();
        Value.Distribution durations = tally.durations();
        if (measure instanceof Measure.Quantile quantile && durations != null) {
            return Estimate.quantile(durations.histogram(), quantile.q().doubleValue(), confidence);
        }
        if (measure instanceof Measure.Share share) {
            return Estimate.share(Side.meeting(share.condition(), tally).surely(), tally.n(), confidence);
        }
        if (Side.sliced(measure)) {
            return Estimate.resampled(side.slices(), confidence);
        }
        if (measure instanceof Measure.Statistic statistic && durations != null && tally.n() > 0) {
            return Estimate.point(
                    statistic.kind() == Measure.Statistic.Kind.MIN
                            ? durations.histogram().min()
                            : durations.histogram().max());
        }
        return Estimate.point(Double.NaN);
    }
}
