package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScopeJudgeTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

    private static List<ScopeJudge.Ruling> judge(String budgets, String scope, ScopeRun... runs) {
        return judge(budgets, "", scope, runs);
    }

    private static List<ScopeJudge.Ruling> judge(String budgets, String more, String scope, ScopeRun... runs) {
        BudgetFile file = new BudgetFileReader(LocalDate.of(2026, 11, 21))
                .parse("t.yaml", "version: 1\ntests:\n  budgets:\n    - " + budgets + "\n" + more);
        return new ScopeJudge(file).judge("shop", scope, List.of(runs), AT);
    }

    private static Point statement(String operation, String text, long runs) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (long i = 0; i < runs; i++) {
            histogram.record(0.001);
        }
        Map<String, String> attributes = new TreeMap<>(Map.of(
                Attribute.DB_SYSTEM.key(),
                "h2",
                Attribute.DB_OPERATION.key(),
                operation,
                Attribute.DB_QUERY.key(),
                text,
                Attribute.DB_FINGERPRINT.key(),
                Integer.toHexString(text.hashCode())));
        return new Point(
                new SeriesKey(Metric.DB_DURATION.metricName(), attributes),
                new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, 0));
    }

    private static Point lookups(String result, double amount) {
        return new Point(
                new SeriesKey(
                        Metric.CACHE_GETS.metricName(),
                        new TreeMap<>(
                                Map.of(Attribute.CACHE_NAME.key(), "user:{id}", Attribute.CACHE_RESULT.key(), result))),
                new Value.Sum(amount));
    }

    private static ScopeRun run(long millis, Point... points) {
        return new ScopeRun(millis * 1_000_000, List.of(points));
    }

    @Test
    void repeatedIsTheMostRunsOfOneSelect() {
        List<ScopeJudge.Ruling> rulings = judge(
                "{ id: q, scope: \"**\", measure: max(db.repeated), target: \"<= 1\" }",
                "Orders.list",
                run(5, statement("SELECT", "a", 1)),
                run(
                        5,
                        statement("SELECT", "a", 20),
                        statement("SELECT", "b", 3),
                        statement("INSERT", "c", 30),
                        statement("COMMIT", "COMMIT", 40)));

        assertThat(rulings).singleElement().satisfies(ruling -> {
            assertThat(ruling.failed()).isTrue();
            assertThat(ruling.status().current()).isEqualTo("20");
            assertThat(ruling.status().subject()).isEqualTo("Orders.list");
            assertThat(ruling.status().n()).isEqualTo(2);
        });
    }

    @Test
    void aScopeWithoutStatementsRepeatsNone() {
        assertThat(judge("{ id: q, scope: \"**\", measure: max(db.repeated), target: \"<= 1\" }", "x", run(1)))
                .singleElement()
                .satisfies(ruling -> assertThat(ruling.status().status()).isEqualTo(Verdict.PASS));
    }

    @Test
    void changesAndBatchesAreCountedApart() {
        String budget = "{ id: w, scope: x, measure: max(db.repeated_writes), target: \"<= 4\" }";

        assertThat(judge(budget, "x", run(1, statement("UPDATE", "u", 4), statement("BATCH UPDATE", "u", 1))))
                .singleElement()
                .satisfies(ruling -> assertThat(ruling.status().current()).isEqualTo("4"));
    }

    @Test
    void onlyBudgetsOfTheScopeAreJudged() {
        assertThat(judge("{ id: q, scope: user.*, measure: max(duration), target: \"< 1ms\" }", "order.x", run(5)))
                .isEmpty();
        assertThat(judge("{ id: q, scope: user.*, measure: max(duration), target: \"< 1ms\" }", "user.x", run(5)))
                .singleElement()
                .satisfies(ruling -> assertThat(ruling.failed()).isTrue());
    }

    @Test
    void timeIsJudgedExactlyAtTheLimitOverAllRuns() {
        String budget = "{ id: t, scope: x, measure: p50(duration), target: \"< 10ms\" }";

        assertThat(judge(budget, "x", run(9), run(9), run(10), run(10), run(10), run(10), run(10), run(10), run(10)))
                .singleElement()
                .satisfies(ruling -> {
                    assertThat(ruling.status().bad()).isEqualTo(7);
                    assertThat(ruling.status().current()).doesNotStartWith("≈");
                });
    }

    @Test
    void runsAreToldApartByHitAndMiss() {
        String budget =
                "{ id: r, scope: x, measure: \"ratio(p50(duration | cache=miss), p50(duration | cache=hit))\", target: \">= 5\" }";
        List<ScopeRun> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(run(50, lookups("miss", 1), lookups("hit", 3)));
            runs.add(run(2, lookups("hit", 4)));
        }

        assertThat(judge(budget, "x", runs.toArray(ScopeRun[]::new)))
                .singleElement()
                .satisfies(ruling -> {
                    assertThat(ruling.status().status()).isEqualTo(Verdict.PASS);
                    assertThat(ruling.status().current()).startsWith("25");
                });
    }

    @Test
    void whatTheAgentMeasuredWithinTheScopeIsJudgedBesideIt() {
        assertThat(judge(
                        "{ id: db, scope: x, signal: db, where: { verb: SELECT }, measure: count(), target: \"= 3\" }",
                        "x",
                        run(1, statement("SELECT", "a", 2), statement("INSERT", "b", 9)),
                        run(1, statement("SELECT", "b", 1))))
                .singleElement()
                .satisfies(ruling -> assertThat(ruling.status().status()).isEqualTo(Verdict.PASS));
    }

    @Test
    void nothingMeasuredIsMissingUnlessTheBudgetIgnoresIt() {
        String budget = "{ id: c, scope: x, where: { cache: hit }, measure: max(duration), target: \"< 20ms\"";

        assertThat(judge(budget + " }", "x", run(1))).singleElement().satisfies(ruling -> {
            assertThat(ruling.missing()).isTrue();
            assertThat(ruling.failed()).isFalse();
        });
        assertThat(judge(budget + ", no_data: ignore }", "x", run(1)))
                .singleElement()
                .satisfies(ruling -> assertThat(ruling.missing()).isFalse());
    }

    @Test
    void waivedAndUnsevereFailuresFailNoTest() {
        String budget = "{ id: q, scope: x, measure: max(duration), target: \"< 1ms\"";
        String waiver = "waivers:\n  - { budget: q, until: \"2026-12-31\", reason: later }\n";

        assertThat(judge(budget + " }", waiver, "x", run(5))).singleElement().satisfies(ruling -> {
            assertThat(ruling.status().status()).isEqualTo(Verdict.FAIL);
            assertThat(ruling.failed()).isFalse();
        });
        assertThat(judge(budget + ", severity: none }", "x", run(5)))
                .singleElement()
                .satisfies(ruling -> assertThat(ruling.failed()).isFalse());
    }

    @Test
    void scopesThatNoTestRanAreSaid() {
        BudgetFile file = new BudgetFileReader(LocalDate.of(2026, 11, 21)).read("headroom:recommended");
        ScopeJudge judge = new ScopeJudge(file);

        assertThat(judge.neverRun("shop", List.of("user.create"), AT))
                .extracting(ruling -> ruling.status().id())
                .contains("t-delete")
                .doesNotContain("t-create", "t-queries");
    }
}
