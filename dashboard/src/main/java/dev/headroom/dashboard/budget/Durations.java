package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Amount;
import dev.headroom.dashboard.budget.file.Condition;
import dev.headroom.dashboard.budget.file.Limit;
import dev.headroom.dashboard.budget.file.Operator;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.LimitCounts;

/**
 * Counts durations, or amounts, on either side of a limit: exactly where the agent counted at it, else between the buckets around it.
 * Stateless.
 */
final class Durations {
    private static final long BILLION = 1_000_000_000;

    private Durations() {}

    /**
     * The limit at which events are counted, in whole nanoseconds: those above it are the bad ones. "Below 100 ms" is "at most
     * 99,999,999 ns".
     */
    static long inclusive(Operator operator, Amount amount) {
        boolean below = operator == Operator.LESS || operator == Operator.AT_LEAST || operator == Operator.OUTSIDE;
        return below ? amount.nanos() - 1 : amount.nanos();
    }

    /** Events that do not meet the limit. */
    static Bracket missing(Value.Distribution durations, Limit limit) {
        return missing(durations, limit, limit.amount().dimension().whole());
    }

    /** @param whole whether amounts are whole numbers */
    static Bracket missing(Value.Distribution durations, Limit limit, boolean whole) {
        return holding(durations, limit.operator(), limit.amount(), whole).others(durations.calls());
    }

    /** Events that meet the condition. */
    static Bracket meeting(Value.Distribution durations, Condition condition) {
        Amount amount = condition.amount();
        Operator operator = condition.operator();
        long n = durations.calls();
        if (operator == null || amount == null) {
            return Bracket.exactly(n);
        }
        boolean whole = condition.quantity().dimension().whole();
        if (operator == Operator.OUTSIDE && condition.upperEnd() != null) {
            Bracket notBelow = above(durations, inclusive(operator, amount), whole);
            return notBelow.others(n).plus(above(durations, condition.upperEnd().nanos(), whole));
        }
        return holding(durations, operator, amount, whole);
    }

    private static Bracket holding(Value.Distribution durations, Operator operator, Amount amount, boolean whole) {
        long n = durations.calls();
        Bracket above = above(durations, inclusive(operator, amount), whole);
        return switch (operator) {
            case LESS, AT_MOST -> above.others(n);
            case MORE, AT_LEAST -> above;
            case EQUAL, NOT_EQUAL, OUTSIDE -> {
                Bracket from = above(durations, amount.nanos() - 1, whole);
                Bracket equal = new Bracket(
                        Math.max(0, from.surely() - above.possibly()), Math.max(0, from.possibly() - above.surely()));
                yield operator == Operator.EQUAL ? equal : equal.others(n);
            }
        };
    }

    /**
     * Events longer than the limit; those that were not timed may all be.
     *
     * @param whole whether amounts are whole numbers: then all is known of a bucket that holds one of them
     */
    private static Bracket above(Value.Distribution durations, long limitNanos, boolean whole) {
        if (limitNanos < 0) {
            return Bracket.exactly(durations.calls());
        }
        LimitCounts limits = durations.limits();
        long counted = limits.above(limitNanos);
        long untimed = durations.untimed();
        if (counted >= 0 && limits.total() == durations.histogram().count()) {
            return new Bracket(counted, counted + untimed);
        }
        long between = whole && limitNanos < Long.MAX_VALUE - BILLION
                ? Math.floorDiv(limitNanos, BILLION) * BILLION + BILLION / 2
                : limitNanos;
        return new Bracket(durations.surelyAbove(between), durations.possiblyAbove(between) + untimed);
    }
}
