package dev.headroom.dashboard;

import dev.headroom.dashboard.budget.file.BudgetFileException;
import dev.headroom.dashboard.store.StoreUnusableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Turns what keeps the dashboard from starting into a few lines instead of a stack trace. */
class StartFailure implements FailureAnalyzer {
    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefusedException refused) {
                return new FailureAnalysis(refused.getMessage(), refused.action(), failure);
            }
            if (cause instanceof BudgetFileException wrong) {
                return new FailureAnalysis(
                        wrong.getMessage(),
                        "Correct the file, or name another one with headroom.budgets.file.",
                        failure);
            }
            if (cause instanceof StoreUnusableException unusable) {
                return new FailureAnalysis(unusable.getMessage(), null, failure);
            }
        }
        return null;
    }
}
