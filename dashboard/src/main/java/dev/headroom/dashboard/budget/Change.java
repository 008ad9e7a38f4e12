package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Limit;
import dev.headroom.dashboard.budget.file.Measure;
import org.jspecify.annotations.Nullable;

/**
 * A budget's value beside the same measure of another time.
 *
 * @param before with its unit
 * @param share of the value before; null where that was nothing
 * @param verdict better or worse where the intervals of both sides do not touch, else no evidence
 */
public record Change(String before, @Nullable Double share, Direction verdict) {
    /** Which way it went. */
    public enum Direction {
        BETTER("better"),
        WORSE("worse"),
        NO_EVIDENCE("no evidence");

        private final String label;

        Direction(String label) {
            this.label = label;
        }

        @com.fasterxml.jackson.annotation.JsonValue
        public String label() {
            return label;
        }
    }

    private static final double CONFIDENCE = 0.975;

    /** Null where one of the two has no value. */
    static @Nullable Change of(Measure measure, Limit target, Tally now, double seconds, Tally then, double before) {
        Estimate after = ComparisonFinding.estimate(measure, now, CONFIDENCE, seconds);
        Estimate base = ComparisonFinding.estimate(measure, then, CONFIDENCE, before);
        if (Double.isNaN(after.value()) || Double.isNaN(base.value())) {
            return null;
        }
        boolean higher = after.low() > base.high();
        boolean lower = after.high() < base.low();
        boolean smallIsGood = target.operator().upper();
        Direction direction = Direction.NO_EVIDENCE;
        if (higher || lower) {
            direction = lower == smallIsGood ? Direction.BETTER : Direction.WORSE;
        }
        return new Change(
                Wording.value(base.value(), measure.dimension()),
                base.value() == 0 ? null : after.value() / base.value() - 1,
                direction);
    }
}
