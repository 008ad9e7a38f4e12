package dev.headroom.dashboard.budget;

import org.jspecify.annotations.Nullable;

/**
 * What was found about one subject of one budget.
 *
 * @param value in the dimension's own unit; NaN where there is none
 * @param approximate the value's place before or behind the limit is not known exactly
 * @param n events or readings
 * @param overTarget how many do not meet the target
 * @param bad how many do not meet acceptable
 * @param headroom share of the allowance that is left; null where it has no meaning
 * @param sentence the numbers in words
 */
record Finding(
        Judgement judgement,
        double value,
        boolean approximate,
        long n,
        long overTarget,
        long bad,
        @Nullable Double headroom,
        String sentence) {
    Verdict verdict() {
        return judgement.verdict();
    }

    /** Whether more events could still change it. */
    boolean tooFew() {
        return judgement.reason() == Reason.TOO_FEW;
    }

    /** A sample of the times is no measurement of them all. */
    static Finding untimed(long untimed, long n) {
        return noData(
                Reason.UNTIMED,
                Wording.untimed(untimed, n) + ": the agent keeps within its cost budget and reads no clock");
    }

    static Finding noData(Reason reason, String sentence) {
        return new Finding(Judgement.noData(reason), Double.NaN, false, 0, 0, 0, null, sentence);
    }
}
