package dev.headroom.dashboard.run;

import dev.headroom.dashboard.budget.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * From a result to what a build does. Never a pass when nothing was measured. Immutable.
 *
 * @param warnFails whether a WARN stops the build, too
 */
public record Gate(boolean warnFails) {
    /** What becomes of the build. */
    public enum Decision {
        PASS(0, 200),
        FAIL(1, 422),
        NO_DATA(3, 424);

        private final int exit;
        private final int http;

        Decision(int exit, int http) {
            this.exit = exit;
            this.http = http;
        }

        /** The process's exit code. */
        public int exit() {
            return exit;
        }

        /** The answer's status. */
        public int http() {
            return http;
        }
    }

    /** @param failOn "warn" or "fail"; null for fail */
    public static Gate of(@Nullable String failOn) {
        return new Gate("warn".equals(failOn));
    }

    public Decision decide(RunResult result) {
        if (result.items().stream().anyMatch(this::fails)) {
            return Decision.FAIL;
        }
        boolean missing = result.items().stream().anyMatch(Gate::missing);
        return missing || !result.anyMeasured() ? Decision.NO_DATA : Decision.PASS;
    }

    /** Whether the item stops the build. */
    public boolean fails(RunResult.Item item) {
        Verdict counted = item.counted();
        boolean warns = counted == Verdict.WARN
                || (counted == Verdict.NO_DATA && item.noData().equals("warn"));
        return counted == Verdict.FAIL || (warnFails && warns);
    }

    /** Whether the item must have data and has none. */
    public static boolean missing(RunResult.Item item) {
        return item.counted() == Verdict.NO_DATA && item.noData().equals("fail");
    }

    /** One sentence for people. */
    public String sentence(RunResult result) {
        long failing = result.items().stream().filter(this::fails).count();
        return switch (decide(result)) {
            case FAIL -> failing + (failing == 1 ? " budget is broken" : " budgets are broken");
            case NO_DATA ->
                result.anyMeasured()
                        ? result.items().stream().filter(Gate::missing).count() + " budgets that need data have none"
                        : "nothing was measured";
            case PASS -> "every measured budget is kept";
        };
    }
}
