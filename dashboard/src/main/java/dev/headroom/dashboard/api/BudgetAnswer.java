package dev.headroom.dashboard.api;

import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Contributors;
import dev.headroom.dashboard.budget.EventCounts;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.history.ErrorBudget;
import dev.headroom.dashboard.history.VerdictStrip;
import dev.headroom.dashboard.store.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One budget on one subject, for programs.
 *
 * @param status the verdict with its sentence; null when this subject is not judged
 * @param alert the incident that is open, or null
 * @param from begin of the time that contributors are of
 * @param errorBudget null where the budget has none
 * @param contributors by key, the largest excess first
 * @param incidents the newest of this budget and subject
 * @param yaml the budget as it would stand in a file
 */
record BudgetAnswer(
        String id,
        String service,
        String subject,
        @Nullable BudgetStatus status,
        @Nullable Incident alert,
        @Nullable Spent errorBudget,
        List<History> history,
        Instant from,
        Instant to,
        List<Contributors.Split> contributors,
        List<Incident> incidents,
        String yaml) {
    /**
     * @param remaining share of the budget that is left; null without events
     * @param exhaustedInSeconds at the pace of now; null when it never will be, 0 when it is
     */
    record Spent(
            double allowance,
            long periodSeconds,
            Instant from,
            Instant to,
            EventCounts events,
            @Nullable Double remaining,
            @Nullable Long exhaustedInSeconds,
            List<Burn> burn) {
        static Spent of(ErrorBudget budget) {
            List<Burn> burns = new ArrayList<>();
            for (ErrorBudget.Burn burn : budget.burns()) {
                burns.add(new Burn(burn.window().toSeconds(), burn.counts(), burn.rate()));
            }
            Duration exhausted = budget.exhaustedIn();
            return new Spent(
                    budget.allowance(),
                    budget.period().toSeconds(),
                    budget.from(),
                    budget.to(),
                    budget.counts(),
                    budget.remaining(),
                    exhausted == null ? null : exhausted.toSeconds(),
                    burns);
        }
    }

    /** @param rate how many times faster than allowed; null without events */
    record Burn(
            long windowSeconds,
            EventCounts events,
            @Nullable Double rate) {}

    /** The worst verdict of each slot, slots that came to the same together. */
    record History(String span, long slotSeconds, Instant from, List<Run> runs) {
        static History of(VerdictStrip strip, VerdictStrip.Span span, Instant now) {
            Instant begin = VerdictStrip.begin(span, now);
            List<Run> runs = new ArrayList<>();
            for (VerdictStrip.Run run : strip.runs(span, now)) {
                Instant from = begin.plus(span.step().multipliedBy(run.first()));
                runs.add(new Run(from, from.plus(span.step().multipliedBy(run.slots())), run.verdict()));
            }
            return new History(
                    span == VerdictStrip.Span.DAY ? "24h" : "30d", span.step().toSeconds(), begin, runs);
        }
    }

    /** @param verdict null where nothing judged */
    record Run(Instant from, Instant to, @Nullable Verdict verdict) {}
}
