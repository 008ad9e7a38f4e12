package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Knobs;
import dev.headroom.dashboard.budget.file.Limit;
import dev.headroom.dashboard.budget.file.Operator;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * From counts and values to a verdict.
 *
 * <p>A quantile budget is a share budget: {@code p95 < L} holds when at most 5 % of the events are at L or above. FAIL needs proof:
 * that many bad events would, if the budget were just kept, turn up with a probability of at most 1 − confidence. PASS needs
 * enough events; what lies between is WARN. Stateless.
 */
final class Judge {
    private static final int MOST_SAMPLES = 1000;

    private Judge() {}

    /**
     * Events of which some are bad.
     *
     * @param n all of them
     * @param overTarget those that do not meet the target
     * @param overAcceptable those that do not meet acceptable
     * @param targetAllowance share that may be bad at target
     * @param acceptableAllowance share that may be bad at acceptable
     * @param strict the share must stay below the allowance, not only reach it
     */
    record Events(
            long n,
            Bracket overTarget,
            Bracket overAcceptable,
            BigDecimal targetAllowance,
            BigDecimal acceptableAllowance,
            boolean strict) {}

    static Judgement events(Events events, Knobs knobs) {
        if (events.n == 0) {
            return Judgement.noData(Reason.TOO_FEW);
        }
        double significance = BigDecimal.ONE.subtract(knobs.confidence()).doubleValue();
        double allowance = events.acceptableAllowance.doubleValue();
        long surelyBad = events.overAcceptable.surely();
        double probability = BinomialTail.atLeast(surelyBad, events.n, allowance);
        boolean beyond = surelyBad > mostBad(events.n, events.acceptableAllowance, events.strict);
        boolean proved = knobs.confidence().signum() == 0 || probability <= significance;
        if (beyond && proved && surelyBad >= knobs.minBad()) {
            return new Judgement(Verdict.FAIL, null, "strong", probability);
        }
        if (events.n < minSamples(events.targetAllowance, knobs)) {
            return new Judgement(Verdict.NO_DATA, Reason.TOO_FEW, null, probability);
        }
        long most = mostBad(events.n, events.targetAllowance, events.strict);
        if (events.overTarget.possibly() <= most) {
            double lucky = BinomialTail.atMost(events.overAcceptable.possibly(), events.n, allowance);
            return new Judgement(Verdict.PASS, null, lucky <= significance ? "strong" : "weak", probability);
        }
        Reason reason =
                events.overTarget.surely() <= most || (!events.overAcceptable.isExact() && couldFail(events, knobs))
                        ? Reason.COARSE_BUCKETS
                        : null;
        return new Judgement(Verdict.WARN, reason, "weak", probability);
    }

    private static boolean couldFail(Events events, Knobs knobs) {
        long worst = events.overAcceptable.possibly();
        return worst >= knobs.minBad()
                && BinomialTail.atLeast(worst, events.n, events.acceptableAllowance.doubleValue())
                        <= BigDecimal.ONE.subtract(knobs.confidence()).doubleValue();
    }

    /** How many of n may be bad: for a quantile, those above its nearest rank. */
    static long mostBad(long n, BigDecimal allowance, boolean strict) {
        BigDecimal exact = allowance.multiply(BigDecimal.valueOf(n));
        return strict
                ? exact.setScale(0, RoundingMode.CEILING).longValueExact() - 1
                : exact.setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    /** Events needed for a PASS: as told, or three over the allowance (so that a clean run means something). */
    static long minSamples(BigDecimal allowance, Knobs knobs) {
        if (knobs.minSamples() > 0) {
            return knobs.minSamples();
        }
        if (allowance.signum() == 0) {
            return MOST_SAMPLES;
        }
        return BigDecimal.valueOf(3)
                .divide(allowance, 0, RoundingMode.CEILING)
                .min(BigDecimal.valueOf(MOST_SAMPLES))
                .longValueExact();
    }

    /**
     * A number of events against a limit for the number itself.
     *
     * @param value the number or rate that the limits are about
     * @param count events behind it
     * @param coverage share of the window that was reported
     */
    static Judgement count(BigDecimal value, long count, double coverage, Limit target, Limit acceptable, Knobs knobs) {
        boolean enough = !acceptable.operator().upper() || count >= knobs.minBad();
        if (!acceptable.metBy(value) && enough) {
            boolean early = !acceptable.operator().upper() && coverage < knobs.coverage();
            return early ? Judgement.noData(Reason.PARTIAL) : Judgement.of(Verdict.FAIL);
        }
        if (!target.metBy(value)) {
            return Judgement.of(Verdict.WARN);
        }
        return coverage < knobs.coverage() ? Judgement.noData(Reason.PARTIAL) : Judgement.of(Verdict.PASS);
    }

    /** A value of readings: no binomial here, for neighbouring slices depend on each other. */
    static Judgement reading(double value, double coverage, Limit target, Limit acceptable, Knobs knobs) {
        if (Double.isNaN(value) || coverage < knobs.coverage()) {
            return Judgement.noData(Reason.PARTIAL);
        }
        if (!acceptable.metBy(value)) {
            return Judgement.of(Verdict.FAIL);
        }
        return Judgement.of(target.metBy(value) ? Verdict.PASS : Verdict.WARN);
    }

    /** An estimate with an interval that holds the truth with the knobs' confidence: FAIL only when all of it is beyond. */
    static Judgement interval(double value, double low, double high, boolean enough, Limit target, Limit acceptable) {
        boolean upper = acceptable.operator().upper();
        boolean wholly = acceptable.operator() == Operator.EQUAL
                ? !acceptable.metBy(low) && !acceptable.metBy(high)
                : !acceptable.metBy(upper ? low : high);
        if (!Double.isNaN(low) && !Double.isNaN(high) && wholly) {
            return Judgement.of(Verdict.FAIL);
        }
        if (!enough || Double.isNaN(value)) {
            return Judgement.noData(Reason.TOO_FEW);
        }
        return Judgement.of(target.metBy(value) ? Verdict.PASS : Verdict.WARN);
    }
}
