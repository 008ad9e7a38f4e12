package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is computed from the events or readings that a budget selects. */
public sealed interface Measure {
    /** pNN(quantity): the nearest-rank quantile, {@code q} in (0, 1). */
    record Quantile(
            BigDecimal q, Quantity quantity, @Nullable Filter filter) implements Measure {
        @Override
        public String toString() {
            return "p" + q.movePointRight(2).stripTrailingZeros().toPlainString() + "(" + quantity.key() + text(filter)
                    + ")";
        }
    }

    /** avg, min or max of a quantity. */
    record Statistic(Kind kind, Quantity quantity, @Nullable Filter filter) implements Measure {
        public enum Kind {
            AVG,
            MIN,
            MAX
        }

        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT) + "(" + quantity.key() + text(filter) + ")";
        }
    }

    /** The part of the events that meets the condition. */
    record Share(Condition condition) implements Measure {
        @Override
        public String toString() {
            return "share(" + condition + ")";
        }
    }

    /** How many events meet the condition, or all. */
    record Count(@Nullable Condition condition) implements Measure {
        @Override
        public String toString() {
            return "count(" + (condition == null ? "" : condition) + ")";
        }
    }

    /** {@link Count} per second. */
    record Rate(@Nullable Condition condition) implements Measure {
        @Override
        public String toString() {
            return "rate(" + (condition == null ? "" : condition) + ")";
        }
    }

    /** One measure over another, of the same subject. */
    record Ratio(Measure over, Measure under) implements Measure {
        @Override
        public String toString() {
            return "ratio(" + over + ", " + under + ")";
        }
    }

    /** Narrows one measure inside a budget: {@code | cache=hit}. */
    record Filter(String key, ValuePattern value) {
        @Override
        public String toString() {
            return " | " + key + "=" + value;
        }
    }

    private static String text(@Nullable Filter filter) {
        return filter == null ? "" : filter.toString();
    }

    /** What its limit must be: a duration, a share, a number. */
    default Dimension dimension() {
        if (this instanceof Quantile quantile) {
            return quantile.quantity().dimension();
        }
        if (this instanceof Statistic statistic) {
            return statistic.quantity().dimension();
        }
        return this instanceof Share ? Dimension.SHARE : this instanceof Rate ? Dimension.RATE : Dimension.NUMBER;
    }

    /** The quantity it reads; null for plain counts. Of a ratio, that of its first part. */
    default @Nullable Quantity quantity() {
        if (this instanceof Quantile quantile) {
            return quantile.quantity();
        }
        if (this instanceof Statistic statistic) {
            return statistic.quantity();
        }
        if (this instanceof Ratio ratio) {
            return ratio.over().quantity();
        }
        Condition condition = condition();
        return condition == null ? null : condition.quantity();
    }

    /** Whether it, or a part of it, is about readings over slices of time instead of events. */
    default boolean reading() {
        if (this instanceof Ratio ratio) {
            return ratio.over().reading() || ratio.under().reading();
        }
        Quantity quantity = quantity();
        return quantity != null && quantity.reading();
    }

    /** What share, count and rate look for; null elsewhere. */
    default @Nullable Condition condition() {
        if (this instanceof Share share) {
            return share.condition();
        }
        if (this instanceof Count count) {
            return count.condition();
        }
        return this instanceof Rate rate ? rate.condition() : null;
    }
}
