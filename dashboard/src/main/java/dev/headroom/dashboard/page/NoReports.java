package dev.headroom.dashboard.page;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.annotation.Fallback;
import org.springframework.stereotype.Component;

/** Stands in where nothing judges: no verdict about any service. */
@Component
@Fallback
final class NoReports implements BudgetReports {
    @Override
    public BudgetReport of(String service) {
        return new BudgetReport(service, Verdict.NO_DATA, Instant.EPOCH, List.of());
    }

    @Override
    public List<BudgetReport> all() {
        return List.of();
    }

    @Override
    public void onEvaluated(Consumer<List<BudgetReport>> listener) {
        // Nothing is ever evaluated.
    }
}
