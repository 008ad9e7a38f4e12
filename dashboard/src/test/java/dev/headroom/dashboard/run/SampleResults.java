package dev.headroom.dashboard.run;

import dev.headroom.dashboard.budget.Change;
import dev.headroom.dashboard.budget.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Results as a dashboard gives them. */
public final class SampleResults {
    private static final Instant TO = Instant.parse("2026-11-21T12:10:00Z");
    private static final Instant FROM = Instant.parse("2026-11-21T12:00:00Z");

    private SampleResults() {}

    public static RunResult of(RunResult.Item... items) {
        return named("shop", "nightly", Map.of("commit", "3f2a9c1", "branch", "main"), List.of(), items);
    }

    public static RunResult named(
            String service, String run, Map<String, String> labels, List<String> warnings, RunResult.Item... items) {
        return new RunResult(
                RunResult.FORMAT,
                new RunResult.Name("r-0123456789ab", run),
                service,
                FROM,
                TO,
                new RunResult.Span(FROM, TO),
                TO.plusSeconds(12),
                labels,
                "budgets.yaml",
                "load",
                items.length == 0 ? Verdict.NO_DATA : items[0].status(),
                List.of(items),
                items.length == 0 ? List.of() : List.of(picture(items[0])),
                List.of(new RunResult.Jvm("jvm-1", "build-7", "1.4.2", "OpenJDK 21.0.3", "headroom 0.1.0")),
                new RunResult.Base("r-ba5e00000000", "main", FROM.minusSeconds(86_400), TO.minusSeconds(86_400)),
                warnings);
    }

    private static RunResult.Picture picture(RunResult.Item item) {
        return new RunResult.Picture(
                item.title(),
                item.subject(),
                item.status(),
                412,
                0.021,
                0.118,
                0.231,
                0.402,
                List.of(
                        new RunResult.Bar(0.010, 0.015, 60),
                        new RunResult.Bar(0.015, 0.0225, 150),
                        new RunResult.Bar(0.0225, 0.034, 90),
                        new RunResult.Bar(0.034, 0.05, 44),
                        new RunResult.Bar(0.05, 0.076, 20),
                        new RunResult.Bar(0.076, 0.1, 10),
                        new RunResult.Bar(0.1, 0.17, 24),
                        new RunResult.Bar(0.17, 0.41, 14)),
                List.of(
                        new RunResult.Bar(0.008, 0.012, 70),
                        new RunResult.Bar(0.012, 0.018, 210),
                        new RunResult.Bar(0.018, 0.027, 90),
                        new RunResult.Bar(0.041, 0.06, 12)),
                List.of(new RunResult.Line(0.1, 38L), new RunResult.Line(0.15, null)));
    }

    public static RunResult.Item item(String id, Verdict verdict) {
        return item(id, verdict, "ignore");
    }

    public static RunResult.Item item(String id, Verdict verdict, String noData) {
        return item(id, "Single read", "GET /pets/{id}", verdict, verdict, null, noData);
    }

    public static RunResult.Item beaten(String id, Verdict verdict) {
        return item(id, "Single read", "GET /pets/{id}", verdict, null, "superseded", "ignore");
    }

    public static RunResult.Item waived(String id) {
        return item(
                id, "Single read", "GET /pets/{id}", Verdict.FAIL, Verdict.WARN, "waived until 2099-12-31", "ignore");
    }

    public static RunResult.Item item(
            String id, String title, String subject, Verdict status, Verdict counted, String reason, String noData) {
        boolean data = status != Verdict.NO_DATA;
        return new RunResult.Item(
                id,
                title,
                subject,
                "http",
                "p95(duration) < 100ms",
                "p95(duration) < 150ms",
                data ? "118 ms" : null,
                status,
                counted,
                data || reason != null ? reason : "never-seen",
                noData,
                data ? 412 : 0,
                data ? 38 : 0,
                data ? "strong" : null,
                data ? -0.84 : null,
                "ticket",
                data
                        ? "38 of 412 requests (9.22 %) took 100 ms or more over 600 s; 5 % allowed; p = 0.0003"
                        : "nothing has matched it yet",
                data ? new Change("62 ms", 0.903, Change.Direction.NO_EVIDENCE) : null,
                status == Verdict.FAIL || status == Verdict.WARN
                        ? List.of(
                                new RunResult.Contributor("route", subject, 300, 37, 22),
                                new RunResult.Contributor("version", "1.4.2", 112, 6, 0.4))
                        : List.of());
    }
}
