package dev.headroom.dashboard.api;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetReports;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Verdicts for programs. Answers from memory. */
@RestController
class BudgetsController {
    private final BudgetReports reports;

    BudgetsController(BudgetReports reports) {
        this.reports = reports;
    }

    @GetMapping(path = "/api/v1/budgets", produces = MediaType.APPLICATION_JSON_VALUE)
    BudgetReport budgets(@RequestParam String service) {
        return reports.of(service);
    }
}
