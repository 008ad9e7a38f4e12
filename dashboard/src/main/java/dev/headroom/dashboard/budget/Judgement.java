package dev.headroom.dashboard.budget;

import org.jspecify.annotations.Nullable;

/**
 * A verdict and what it rests on.
 *
 * @param evidence strong or weak; null where no event was counted
 * @param probability of this many bad events or more if the budget were just kept; NaN where there is no such test
 */
record Judgement(
        Verdict verdict, @Nullable Reason reason, @Nullable String evidence, double probability) {
    static Judgement of(Verdict verdict) {
        return new Judgement(verdict, null, null, Double.NaN);
    }

    static Judgement noData(Reason reason) {
        return new Judgement(Verdict.NO_DATA, reason, null, Double.NaN);
    }
}
