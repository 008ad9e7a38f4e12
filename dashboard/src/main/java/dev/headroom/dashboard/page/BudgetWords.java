package dev.headroom.dashboard.page;

import dev.headroom.dashboard.history.ErrorBudget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Error budgets in words, the same on the board and on a budget's page. Stateless. */
public final class BudgetWords {
    private BudgetWords() {}

    /** "82 %", or "3.1× used" once more than all of it is spent. */
    public static String left(@Nullable ErrorBudget budget) {
        Double left = budget == null ? null : budget.remaining();
        if (left == null) {
            return Figures.NONE;
        }
        return left < 0 ? times(1 - left) + " used" : Figures.percent(Math.rint(left * 1000) / 1000);
    }

    /** "1.4×": how many times faster than allowed it is spent now; empty where nothing happened. */
    public static String burn(@Nullable ErrorBudget budget) {
        ErrorBudget.Burn pace = budget == null ? null : budget.pace();
        Double rate = pace == null ? null : pace.rate();
        return rate == null ? "" : times(rate) + "×";
    }

    private static String times(double rate) {
        return Figures.number(Math.rint(rate * 100) / 100) + "×";
    }

    /** When it is spent if it goes on like that. */
    public static String exhausted(ErrorBudget budget) {
        Duration in = budget.exhaustedIn();
        if (in == null) {
            return "not at this pace";
        }
        return in.isZero() ? "exhausted" : "in " + time(in);
    }

    /** A length of time: 5 min, 6 h, 30 d. */
    public static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds >= 86_400 * 1000L) {
            return "more than 1000 d";
        }
        if (seconds >= 172_800 || (seconds >= 86_400 && seconds % 86_400 == 0)) {
            return Figures.number(Math.rint(seconds / 8_640.0) / 10) + " d";
        }
        if (seconds >= 7200 || (seconds >= 3600 && seconds % 3600 == 0)) {
            return Figures.number(Math.rint(seconds / 360.0) / 10) + " h";
        }
        return seconds >= 60 ? Math.round(seconds / 60.0) + " min" : seconds + " s";
    }
}
