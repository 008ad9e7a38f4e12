package dev.headroom.dashboard.page;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import reactor.core.scheduler.Schedulers;

/** Serves the pages on made-up data that goes on, for looking at them: {@code --server.port=…}. */
public final class PreviewServer {
    private PreviewServer() {}

    public static void main(String[] args) {
        var context = SpringApplication.run(PagesApplication.class, args);
        FixtureStore store = context.getBean(FixtureStore.class);
        FixtureReports reports = context.getBean(FixtureReports.class);
        store.append(troubled(FixtureData.windows(Instant.now(), Duration.ofMinutes(16), "a1")));
        store.append(FixtureData.windows(Instant.now(), Duration.ofMinutes(9), "b2"));
        for (Instant at = Instant.now().minus(Duration.ofHours(20));
                at.isBefore(Instant.now());
                at = at.plusSeconds(300)) {
            reports.set(varied(report(at)));
        }
        reports.set(report(Instant.now()));
        context.getBean(FixtureHistory.class)
                .put(List.of(
                        FixtureBudgets.incident(Instant.now().minusSeconds(900)),
                        FixtureBudgets.incident(Instant.now().minusSeconds(40_000))
                                .close(Instant.now().minusSeconds(30_000), "kept for 5 min", null)));
        EpochBook epochs = context.getBean(EpochBook.class);
        epochs.add(new Epoch(
                FixtureData.SERVICE, Epoch.Kind.DEPLOY, "1.4.2", Instant.now().minusSeconds(480)));
        epochs.add(new Epoch(
                FixtureData.SERVICE, Epoch.Kind.MIGRATION, "V17", Instant.now().minusSeconds(200)));
        long windowMillis = FixtureData.WINDOW.toMillis();
        Schedulers.single()
                .schedulePeriodically(
                        () -> {
                            Instant end =
                                    Instant.ofEpochMilli(System.currentTimeMillis() / windowMillis * windowMillis);
                            store.append(List.of(FixtureData.window(end, "a1"), FixtureData.window(end, "b2")));
                            reports.set(report(end));
                        },
                        windowMillis,
                        windowMillis,
                        TimeUnit.MILLISECONDS);
    }

    /** A minute came late, half a minute never did. */
    private static List<Batch> troubled(List<Batch> batches) {
        List<Batch> troubled = new ArrayList<>();
        Instant begin = batches.get(0).start();
        for (Batch batch : batches) {
            long second = Duration.between(begin, batch.end()).toSeconds();
            if (second > 240 && second <= 300) {
                Instant sent = batch.end().plusSeconds(90);
                troubled.add(batch.with(new Delivery(sent, sent.minusMillis(9), FixtureData.WINDOW, 1, false)));
            } else if (second <= 500 || second > 530) {
                troubled.add(batch);
            }
        }
        return troubled;
    }

    /** Now and then everything is kept, and once nothing came. */
    private static BudgetReport varied(BudgetReport report) {
        long hour = report.at().getEpochSecond() / 3600 % 12;
        List<BudgetStatus> items = new ArrayList<>();
        for (BudgetStatus item : report.items()) {
            Verdict verdict = hour == 3 ? Verdict.NO_DATA : hour % 4 == 1 ? Verdict.PASS : item.status();
            items.add(new BudgetStatus(
                    item.id(),
                    item.title(),
                    item.service(),
                    item.subject(),
                    item.signal(),
                    item.target(),
                    item.acceptable(),
                    item.current(),
                    verdict,
                    item.reason(),
                    item.n(),
                    item.bad(),
                    item.sentence(),
                    item.headroom(),
                    item.severity(),
                    item.evidence(),
                    item.detail(),
                    item.limitNanos()));
        }
        return new BudgetReport(report.service(), report.overall(), report.at(), items);
    }

    static BudgetReport report(Instant at) {
        long n = 400 + at.getEpochSecond() % 60;
        return FixtureReports.report(
                FixtureData.SERVICE,
                at,
                status(
                        "single-read",
                        "Single read",
                        "GET /pets/{id}",
                        "p95(duration) < 100ms",
                        "200ms",
                        "9.4 ms",
                        Verdict.PASS,
                        null,
                        n * 38,
                        12,
                        "12 of " + n * 38 + " requests (0.08 %) took 100 ms or more; 5 % allowed.",
                        0.98,
                        "strong",
                        "routes"),
                status(
                        "list",
                        "List",
                        "GET /pets",
                        "p95(duration) < 200ms",
                        "400ms",
                        "49 ms",
                        Verdict.PASS,
                        null,
                        n * 10,
                        2,
                        "2 of " + n * 10 + " requests (0.05 %) took 200 ms or more; 5 % allowed.",
                        0.75,
                        "strong",
                        "routes"),
                status(
                        "list",
                        "List",
                        "GET /journal/entries",
                        "p95(duration) < 200ms",
                        "400ms",
                        "231 ms",
                        Verdict.WARN,
                        null,
                        n * 7,
                        190,
                        "190 of " + n * 7
                                + " requests (6.1 %) took 200 ms or more; 5 % allowed; below acceptable (400 ms).",
                        -0.22,
                        "weak",
                        "routes"),
                status(
                        "aggregation",
                        "Aggregation",
                        "GET /clinic/statistics",
                        "p95(duration) < 300ms",
                        "500ms",
                        "702 ms",
                        Verdict.FAIL,
                        null,
                        n,
                        288,
                        "288 of " + n + " requests (66 %) took 500 ms or more; 5 % allowed; p < 0.0001.",
                        -12.2,
                        "strong",
                        "routes"),
                status(
                        "query",
                        "SQL statement",
                        "SELECT * FROM appointments WHERE clinic_id = ? AND starts_at BETWEEN ? AND ? ORDER BY starts_at",
                        "p95(duration) < 50ms",
                        "100ms",
                        "544 ms",
                        Verdict.FAIL,
                        null,
                        n,
                        399,
                        "399 of " + n + " statements (95 %) took 100 ms or more; 5 % allowed; p < 0.0001.",
                        -18.0,
                        "strong",
                        "queries"),
                status(
                        "errors",
                        "Error rate",
                        "",
                        "error_rate < 0.1%",
                        "1%",
                        "0.41 %",
                        Verdict.WARN,
                        null,
                        n * 60,
                        102,
                        "102 of " + n * 60 + " requests (0.41 %) failed; 0.1 % allowed, 1 % acceptable.",
                        -3.1,
                        "strong",
                        "routes"),
                status(
                        "hit-ratio",
                        "Cache hit ratio",
                        "pet:{id}",
                        "hit_ratio > 90%",
                        "80%",
                        "94.6 %",
                        Verdict.PASS,
                        null,
                        n * 180,
                        n * 9,
                        "94.6 % of " + n * 180 + " lookups hit; at least 90 % wanted.",
                        0.46,
                        "strong",
                        "caches"),
                status(
                        "pool-wait",
                        "Pool wait",
                        "HikariPool-1",
                        "p95(wait) < 5ms",
                        "10ms",
                        "0.38 ms",
                        Verdict.PASS,
                        null,
                        n * 90,
                        0,
                        "No wait took 5 ms or more.",
                        1.0,
                        "strong",
                        "pools"),
                status(
                        "heap",
                        "Heap in use",
                        "",
                        "heap < 80%",
                        "90%",
                        "24 %",
                        Verdict.PASS,
                        null,
                        180,
                        0,
                        "Heap was at most 24 % of its limit.",
                        0.7,
                        "strong",
                        "service"),
                status(
                        "delete",
                        "Single delete",
                        "DELETE /tasks/{id}",
                        "p95(duration) < 100ms",
                        "200ms",
                        null,
                        Verdict.NO_DATA,
                        "too-few",
                        7,
                        0,
                        "7 requests in 5 min; 30 are needed for a verdict on p95.",
                        null,
                        null,
                        "routes"),
                status(
                        "batch",
                        "Batch create",
                        "",
                        "p95(duration) < 500ms",
                        null,
                        null,
                        Verdict.NO_DATA,
                        "never-seen",
                        0,
                        0,
                        "No request of this class has been seen.",
                        null,
                        null,
                        "routes"));
    }

    private static BudgetStatus status(
            String id,
            String title,
            String subject,
            String target,
            String acceptable,
            String current,
            Verdict verdict,
            String reason,
            long n,
            long bad,
            String sentence,
            Double headroom,
            String evidence,
            String detail) {
        return new BudgetStatus(
                id,
                title,
                FixtureData.SERVICE,
                subject,
                "duration",
                target,
                acceptable,
                current,
                verdict,
                reason,
                n,
                bad,
                sentence,
                headroom,
                "critical",
                evidence,
                detail,
                List.of(FixtureData.LIMIT_NANOS));
    }
}
