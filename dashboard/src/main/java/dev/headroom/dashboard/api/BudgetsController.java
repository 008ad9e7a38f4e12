package dev.headroom.dashboard.api;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.LimitsBook;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Verdicts for programs, and the limits for agents. Answers from memory. */
@RestController
class BudgetsController {
    private final BudgetReports reports;
    private final LimitsBook limits;

    BudgetsController(BudgetReports reports, LimitsBook limits) {
        this.reports = reports;
        this.limits = limits;
    }

    @GetMapping(path = "/api/v1/budgets", produces = MediaType.APPLICATION_JSON_VALUE)
    BudgetReport budgets(@RequestParam String service) {
        return reports.of(service);
    }

    @GetMapping(path = "/api/v1/agent/orders", produces = "text/plain;charset=UTF-8")
    String limits(@RequestParam String service) {
        return limits.text(service);
    }
}
