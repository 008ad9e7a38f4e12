package dev.headroom.dashboard.page;

import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.store.Incident;
import java.time.Instant;
import java.time.LocalDate;

/** Budgets of the made-up clinic, as a file would have them. */
final class FixtureBudgets {
    private FixtureBudgets() {}

    static BudgetFile file() {
        String yaml = """
                version: 1
                defaults: { warmup: 0s }
                budgets:
                  - { id: list, title: List, signal: http, where: { route: "GET /*" }, per: [service, route], measure: p95(duration), target: "< 200ms", acceptable: "< 400ms" }
                  - { id: aggregation, title: Aggregation, signal: http, where: { route: "GET /clinic/*" }, per: [service, route], measure: p95(duration), target: "< 300ms", acceptable: "< 500ms", why: "people wait for it", owner: clinic }
                  - { id: query, title: SQL statement, signal: db, per: [service, query], measure: p95(duration), target: "< 50ms", acceptable: "< 100ms" }
                  - { id: errors, title: Error rate, signal: http, measure: share(outcome = error), target: "< 0.1%", acceptable: "< 1%" }
                """.replace("share(outcome = error)", "share(status = 5xx)");
        return new BudgetFileReader(LocalDate.of(2026, 11, 21)).parse("fixture", yaml);
    }

    /** An alert about the statistics that began then. */
    static Incident incident(Instant opened) {
        return new Incident(
                "i" + opened.toEpochMilli(),
                FixtureData.SERVICE,
                "aggregation",
                "Aggregation",
                "GET /clinic/statistics",
                "page",
                false,
                opened.minusSeconds(60),
                opened,
                opened.plusSeconds(30),
                null,
                null,
                2,
                new Incident.Moment(
                        opened,
                        "FAIL",
                        "702 ms",
                        "p95(duration) < 300ms",
                        "< 500ms",
                        412,
                        288,
                        1e-9,
                        "288 of 412 requests (70 %) took 500 ms or more; 5 % allowed; p < 0.0001."),
                null);
    }
}
