package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Condition;
import dev.headroom.dashboard.budget.file.Limit;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the events of one subject. Stateless. */
final class EventFinding {
    private EventFinding() {}

    /**
     * @param tallies one per part of the measure
     * @param length time that the events are of
     * @param coverage share of that time in which the service reported
     */
    static Finding of(Check check, List<Tally> tallies, Duration length, double coverage) {
        Budget budget = check.budget();
        Measure measure = budget.measure();
        Tally tally = tallies.get(0);
        if (measure instanceof Measure.Quantile quantile) {
            return quantile(check, quantile, tally, length);
        }
        if (measure instanceof Measure.Share share) {
            return share(check, share, tally, length);
        }
        if (measure instanceof Measure.Ratio) {
            return ComparisonFinding.ratio(budget, Side.of(tallies.get(0)), Side.of(tallies.get(1)));
        }
        if (measure instanceof Measure.Statistic statistic) {
            return statistic(check, statistic, tally);
        }
        return count(check, tally, length, coverage);
    }

    private static Finding quantile(Check check, Measure.Quantile measure, Tally tally, Duration length) {
        Budget budget = check.budget();
        Value.Distribution durations = tally.durations();
        if (durations == null || tally.n() == 0) {
            return Finding.noData(
                    Reason.TOO_FEW, "no " + Wording.events(check.source(), 0).substring(2));
        }
        BigDecimal allowance = BigDecimal.ONE.subtract(measure.q());
        boolean whole = measure.quantity().dimension().whole();
        Bracket overTarget = Durations.missing(durations, budget.target(), whole);
        Bracket overAcceptable = Durations.missing(durations, budget.accepted(), whole);
        Judge.Events events = new Judge.Events(tally.n(), overTarget, overAcceptable, allowance, allowance, false);
        double value = durations.histogram().quantile(measure.q().doubleValue());
        return shared(
                check,
                events,
                whole ? Math.rint(value) : value,
                Wording.missing(measure.quantity(), limitOf(check, events)),
                length,
                tally.untimed());
    }

    private static Finding share(Check check, Measure.Share measure, Tally tally, Duration length) {
        Budget budget = check.budget();
        Bracket meeting = Side.meeting(measure.condition(), tally);
        Limit target = budget.target();
        Bracket bad = target.operator().upper() ? meeting : meeting.others(tally.n());
        BigDecimal forTarget = budget.allowance(target);
        BigDecimal forAcceptable = budget.allowance(budget.accepted());
        if (forTarget == null || forAcceptable == null) {
            throw new IllegalStateException("A share has an allowance: " + budget.place());
        }
        boolean strict = target.operator() == dev.headroom.dashboard.budget.file.Operator.LESS
                || target.operator() == dev.headroom.dashboard.budget.file.Operator.MORE;
        Judge.Events events = new Judge.Events(tally.n(), bad, bad, forTarget, forAcceptable, strict);
        double value = tally.n() == 0 ? Double.NaN : (double) meeting.surely() / tally.n();
        String words = (target.operator().upper() ? "met " : "did not meet ") + measure.condition();
        return shared(check, events, value, words, length, bad.isExact() ? 0 : tally.untimed());
    }

    private static Limit limitOf(Check check, Judge.Events events) {
        boolean beyond = Judge.events(events, check.budget().knobs()).verdict() == Verdict.FAIL;
        return beyond ? check.budget().accepted() : check.budget().target();
    }

    private static Finding shared(
            Check check, Judge.Events events, double value, String words, Duration length, long untimed) {
        Judgement judgement = Judge.events(events, check.budget().knobs());
        boolean open =
                events.overTarget().surely() <= Judge.mostBad(events.n(), events.targetAllowance(), events.strict());
        if (untimed > 0 && open && judgement.verdict() == Verdict.WARN) {
            return Finding.untimed(untimed, events.n());
        }
        boolean fail = judgement.verdict() == Verdict.FAIL;
        Bracket shown = fail ? events.overAcceptable() : events.overTarget();
        BigDecimal allowance = fail ? events.acceptableAllowance() : events.targetAllowance();
        long n = events.n();
        StringBuilder sentence = new StringBuilder();
        if (judgement.reason() == Reason.TOO_FEW) {
            long needed =
                    Judge.minSamples(events.targetAllowance(), check.budget().knobs());
            sentence.append(n).append(" of the ").append(needed).append(" needed: ");
        }
        sentence.append(shown.isExact() ? "" : "≈ ").append(shown.surely());
        sentence.append(" of ").append(Wording.events(check.source(), n));
        if (n > 0) {
            sentence.append(" (")
                    .append(Wording.digits(100.0 * shown.surely() / n))
                    .append(" %)");
        }
        sentence.append(' ')
                .append(words)
                .append(' ')
                .append(Wording.over(length))
                .append("; ");
        sentence.append(Wording.digits(allowance.movePointRight(2).doubleValue()))
                .append(" % allowed");
        if (shown.surely() > 0 && !Double.isNaN(judgement.probability())) {
            sentence.append("; ").append(Wording.probability(judgement.probability()));
        }
        if (untimed > 0) {
            sentence.append("; ").append(Wording.untimed(untimed, n));
        }
        boolean exact = events.overTarget().isExact() && events.overAcceptable().isExact();
        return new Finding(
                judgement,
                value,
                !exact,
                n,
                events.overTarget().surely(),
                events.overAcceptable().surely(),
                left(events.overTarget().surely(), n, events.targetAllowance()),
                sentence.toString());
    }

    private static @Nullable Double left(long bad, long n, BigDecimal allowance) {
        if (n == 0) {
            return null;
        }
        if (allowance.signum() == 0) {
            return bad == 0 ? 1.0 : 0.0;
        }
        return 1 - (double) bad / n / allowance.doubleValue();
    }

    private static Finding count(Check check, Tally tally, Duration length, double coverage) {
        Budget budget = check.budget();
        Bracket meeting = Side.meeting(budget.measure().condition(), tally);
        boolean rate = budget.measure() instanceof Measure.Rate;
        BigDecimal value = amount(meeting.surely(), rate, length);
        Judgement judgement =
                Judge.count(value, meeting.surely(), coverage, budget.target(), budget.accepted(), budget.knobs());
        if (!meeting.isExact() && tally.untimed() > 0) {
            BigDecimal most = amount(meeting.possibly(), rate, length);
            Judgement otherwise =
                    Judge.count(most, meeting.possibly(), coverage, budget.target(), budget.accepted(), budget.knobs());
            if (otherwise.verdict() != judgement.verdict()) {
                return Finding.untimed(tally.untimed(), tally.n());
            }
        }
        if (judgement.verdict() == Verdict.PASS && !meeting.isExact()) {
            boolean surely = budget.target().metBy(BigDecimal.valueOf(meeting.possibly()));
            judgement =
                    surely || rate ? judgement : new Judgement(Verdict.WARN, Reason.COARSE_BUCKETS, null, Double.NaN);
        }
        Limit limit = judgement.verdict() == Verdict.FAIL ? budget.accepted() : budget.target();
        Condition condition = budget.measure().condition();
        String sentence = (meeting.isExact() ? "" : "≈ ")
                + Wording.events(check.source(), meeting.surely())
                + (condition == null ? "" : " with " + condition)
                + " " + Wording.over(length) + "; "
                + Wording.allowed(limit.operator(), Wording.amount(limit.amount()));
        long bad = budget.accepted().metBy(value) ? 0 : meeting.surely();
        return new Finding(
                judgement,
                value.doubleValue(),
                !meeting.isExact(),
                tally.n(),
                budget.target().metBy(value) ? 0 : meeting.surely(),
                bad,
                Values.left(value.doubleValue(), budget.target()),
                sentence);
    }

    private static BigDecimal amount(long count, boolean rate, Duration length) {
        BigDecimal amount = BigDecimal.valueOf(count);
        return rate ? amount.divide(BigDecimal.valueOf(length.toMillis() / 1000.0), MathContext.DECIMAL64) : amount;
    }

    private static Finding statistic(Check check, Measure.Statistic measure, Tally tally) {
        Budget budget = check.budget();
        Value.Distribution durations = tally.durations();
        if (durations == null || tally.n() < Math.max(1, budget.knobs().minSamples())) {
            return Finding.noData(Reason.TOO_FEW, Wording.events(check.source(), tally.n()));
        }
        if (tally.untimed() > 0) {
            return Finding.untimed(tally.untimed(), tally.n());
        }
        double value = switch (measure.kind()) {
            case AVG -> durations.histogram().sum() / tally.n();
            case MIN -> durations.histogram().min();
            case MAX -> durations.histogram().max();
        };
        Judgement judgement = Judge.reading(value, 1, budget.target(), budget.accepted(), budget.knobs());
        return Values.finding(budget, judgement, value, tally.n(), Wording.events(check.source(), tally.n()));
    }
}
