package dev.headroom.dashboard.history;

import dev.headroom.dashboard.budget.EventCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of what a budget allows in its period is spent, and how fast.
 *
 * @param allowance share of events that may be bad
 * @param period over which it is spent
 * @param from begin of what was counted: the period's, or later where less is known
 * @param to end of what was counted
 * @param counts of the time between
 * @param burns over windows, shortest first
 */
public record ErrorBudget(
        double allowance, Duration period, Instant from, Instant to, EventCounts counts, List<Burn> burns) {
    /** The window that says when the budget is exhausted: short enough to follow, long enough not to jump. */
    private static final Duration PACE = Duration.ofHours(1);

    /**
     * How many times faster than allowed bad events came.
     *
     * @param rate 1 spends the budget just within its period; null without events
     */
    public record Burn(
            Duration window, EventCounts counts, @Nullable Double rate) {
        static Burn of(Duration window, EventCounts counts, double allowance) {
            double rate = counts.burnRate(allowance);
            return new Burn(window, counts, Double.isNaN(rate) ? null : rate);
        }
    }

    /** Bad events that the counted ones allow. */
    public double allowed() {
        return allowance * counts.all();
    }

    /** Share of the budget that is left, below zero when it is overspent; null without events. */
    public @Nullable Double remaining() {
        return counts.all() == 0 ? null : 1 - counts.overAcceptable() / allowed();
    }

    /** Over the window, or null where it was not counted or nothing happened. */
    public @Nullable Double burn(Duration window) {
        for (Burn burn : burns) {
            if (burn.window().equals(window)) {
                return burn.rate();
            }
        }
        return null;
    }

    /** Of the last hour, or of the next longer window in which anything happened. */
    public @Nullable Burn pace() {
        for (Burn burn : burns) {
            if (burn.window().compareTo(PACE) >= 0 && burn.rate() != null) {
                return burn;
            }
        }
        return null;
    }

    /** When it is exhausted if it goes on like this; zero when it is now, null when it never will be. */
    public @Nullable Duration exhaustedIn() {
        Double left = remaining();
        if (left == null) {
            return null;
        }
        if (left <= 0) {
            return Duration.ZERO;
        }
        Burn pace = pace();
        Double rate = pace == null ? null : pace.rate();
        return rate == null || rate <= 0 ? null : Duration.ofSeconds((long) (left * period.toSeconds() / rate));
    }
}
