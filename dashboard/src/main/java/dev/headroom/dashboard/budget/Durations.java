package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Amount;
import dev.headroom.dashboard.budget.file.Condition;
import dev.headroom.dashboard.budget.file.Limit;
import dev.headroom.dashboard.budget.file.Operator;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.LimitCounts;

/**
 * Counts durations on either side of a limit: exactly where the agent counted at it, else between the buckets around it.
 * Stateless.
 */
final class Durations {
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
        return holding(durations, limit.operator(), limit.amount()).others(durations.calls());
    }

    /** Events that meet the condition. */
    static Bracket meeting(Value.Distribution durations, Condition condition) {
        Amount amount = condition.amount();
        Operator operator = condition.operator();
        long n = durations.calls();
        if (operator == null || amount == null) {
            return Bracket.exactly(n);
        }
        if (operator == Operator.OUTSIDE && condition.upperEnd() != null) {
            Bracket notBelow = above(durations, inclusive(operator, amount));
            return notBelow.others(n).plus(above(durations, condition.upperEnd().nanos()));
        }
        return holding(durations, operator, amount);
    }

    private static Bracket holding(Value.Distribution durations, Operator operator, Amount amount) {
        long n = durations.calls();
        Bracket above = above(durations, inclusive(operator, amount));
        return switch (operator) {
            case LESS, AT_MOST -> above.others(n);
            case MORE, AT_LEAST -> above;
            case EQUAL, NOT_EQUAL, OUTSIDE -> {
                Bracket from = above(durations, amount.nanos() - 1);
                Bracket equal = new Bracket(
                        Math.max(0, from.surely() - above.possibly()), Math.max(0, from.possibly() - above.surely()));
                yield operator == Operator.EQUAL ? equal : equal.others(n);
            }
        };
    }

    /** Events longer than the limit; those that were not timed may all be. */
    static Bracket above(Value.Distribution durations, long limitNanos) {
        LimitCounts limits = durations.limits();
        long counted = limits.above(limitNanos);
        long untimed = durations.untimed();
        if (counted >= 0 && limits.total() == durations.histogram().count()) {
            return new Bracket(counted, counted + untimed);
        }
        return new Bracket(durations.surelyAbove(limitNanos), durations.possiblyAbove(limitNanos) + untimed);
    }
}
