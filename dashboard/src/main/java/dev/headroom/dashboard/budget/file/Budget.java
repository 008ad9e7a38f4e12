package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One check: which events or readings, what is computed of them, and what that is held to.
 *
 * @param where selectors by key; all must match
 * @param per what tells its subjects apart
 * @param acceptable looser than target; null where there is one limit only
 * @param compare the baseline; null for absolute limits
 * @param scope glob over named blocks, tests only
 * @param place file and line, for messages
 */
public record Budget(
        String id,
        String title,
        @Nullable String why,
        @Nullable String runbook,
        @Nullable String owner,
        boolean enabled,
        Signal signal,
        Map<String, ValuePattern> where,
        List<Per> per,
        Measure measure,
        Limit target,
        @Nullable Limit acceptable,
        @Nullable Compare compare,
        @Nullable String scope,
        Knobs knobs,
        String place) {
    /** What the value is compared with. */
    public record Compare(Kind kind, @Nullable String argument) {
        public enum Kind {
            PREVIOUS_WINDOW,
            PREVIOUS_DEPLOY,
            SAME_TIME_LAST_WEEK,
            RUN,
            RANGE
        }
    }

    /** The same budget, judged otherwise. */
    public Budget with(Knobs other) {
        return new Budget(
                id,
                title,
                why,
                runbook,
                owner,
                enabled,
                signal,
                where,
                per,
                measure,
                target,
                acceptable,
                compare,
                scope,
                other,
                place);
    }

    /** The looser of the two limits. */
    public Limit accepted() {
        return acceptable == null ? target : acceptable;
    }

    /** The share of events that may be bad under a limit; null where there is no such share (counts, statistics, ratios). */
    public @Nullable BigDecimal allowance(Limit limit) {
        if (compare != null || isReading()) {
            return null;
        }
        if (measure instanceof Measure.Quantile quantile) {
            return BigDecimal.ONE.subtract(quantile.q());
        }
        if (measure instanceof Measure.Share) {
            BigDecimal share = limit.amount().base();
            return limit.operator().upper() ? share : BigDecimal.ONE.subtract(share);
        }
        return null;
    }

    /** Whether it is about readings over slices of time instead of events. */
    public boolean isReading() {
        Quantity quantity = measure.quantity();
        return quantity != null && quantity.reading();
    }

    /** Whether it is about a test's scope of that name; a budget that names no scope is about every one. */
    public boolean inScope(String name) {
        return scope == null || ValuePattern.of("scope", List.of(scope)).matches(name);
    }

    /** As shown: measure and limit. */
    public String written(Limit limit) {
        return measure + " " + limit;
    }
}
