package dev.headroom.dashboard.page;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Verdicts that a test sets. Thread-safe. */
public final class FixtureReports implements BudgetReports {
    private final List<Consumer<List<BudgetReport>>> listeners = new CopyOnWriteArrayList<>();
    private volatile List<BudgetReport> reports = List.of();

    public void set(BudgetReport... newest) {
        reports = List.of(newest);
        listeners.forEach(listener -> listener.accept(reports));
    }

    /** A report over these budgets. */
    public static BudgetReport report(String service, Instant at, BudgetStatus... items) {
        Verdict worst = List.of(items).stream()
                .map(BudgetStatus::status)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.NO_DATA);
        return new BudgetReport(service, worst, at, List.of(items));
    }

    @Override
    public BudgetReport of(String service) {
        return reports.stream()
                .filter(report -> report.service().equals(service))
                .findFirst()
                .orElse(new BudgetReport(service, Verdict.NO_DATA, Instant.EPOCH, List.of()));
    }

    @Override
    public List<BudgetReport> all() {
        return reports;
    }

    @Override
    public void onEvaluated(Consumer<List<BudgetReport>> listener) {
        listeners.add(listener);
    }
}
