package dev.headroom.dashboard.incident;

import dev.headroom.dashboard.budget.BudgetFigures;
import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Verdicts that a test hands out at times that it moves by hand. */
final class Verdicts implements BudgetReports, BudgetFigures {
    static final Duration HOLD = Duration.ofMinutes(1);
    static final Duration KEEP = Duration.ofMinutes(5);

    Instant clock = Instant.parse("2026-11-21T12:00:00Z");
    String severity = "page";
    boolean waived;
    private final List<Consumer<List<BudgetReport>>> listeners = new ArrayList<>();
    private BudgetReport report = new BudgetReport("shop", Verdict.NO_DATA, Instant.EPOCH, List.of());
    private List<Figure> figures = List.of();

    /** Judges so now and every ten seconds until the time has passed. */
    Verdicts judge(Verdict verdict, Duration time) {
        Instant end = clock.plus(time);
        judge(verdict);
        while (clock.isBefore(end)) {
            clock = clock.plusSeconds(10);
            judge(verdict);
        }
        return this;
    }

    void judge(Verdict verdict) {
        put(status("fast", "GET /pets", verdict));
    }

    void put(BudgetStatus... items) {
        report = new BudgetReport("shop", Verdict.FAIL, clock, List.of(items));
        figures = report.items().stream().map(this::figure).toList();
        listeners.forEach(listener -> listener.accept(List.of(report)));
    }

    static BudgetStatus status(String id, String subject, Verdict verdict) {
        return new BudgetStatus(
                id,
                "Fast enough",
                "shop",
                subject,
                "http",
                "p95(duration) < 100ms",
                null,
                "130 ms",
                verdict,
                null,
                412,
                38,
                "38 of 412 requests (9.2 %) took 100 ms or more; 5 % allowed; p = 0.0003",
                -0.8,
                "page",
                "strong",
                "routes",
                List.of());
    }

    private Figure figure(BudgetStatus status) {
        return new Figure(
                "shop",
                status.id(),
                status.subject(),
                severity,
                status.status(),
                waived,
                0.13,
                0.1,
                0.1,
                0.05,
                0.0003,
                HOLD,
                KEEP);
    }

    Judged judged() {
        return Judged.of(report, figures);
    }

    @Override
    public BudgetReport of(String service) {
        return report;
    }

    @Override
    public List<BudgetReport> all() {
        return List.of(report);
    }

    @Override
    public void onEvaluated(Consumer<List<BudgetReport>> listener) {
        listeners.add(listener);
    }

    @Override
    public List<Figure> figures() {
        return figures;
    }

    @Override
    public List<Events> events() {
        return List.of();
    }

    @Override
    public List<String> services() {
        return List.of("shop");
    }
}
