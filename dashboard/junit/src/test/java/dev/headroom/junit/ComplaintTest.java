package dev.headroom.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.ScopeJudge;
import dev.headroom.dashboard.budget.ScopeRun;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComplaintTest {
    private static final String READ = "SELECT name FROM owner WHERE id = ?";

    private static String text(String budget, RecordedRun... runs) {
        ScopeJudge judge = new ScopeJudge(new BudgetFileReader(LocalDate.of(2026, 11, 21))
                .parse("b.yaml", "version: 1\ntests:\n  budgets:\n    - " + budget + "\n"));
        List<RecordedRun> all = List.of(runs);
        Complaint complaint = new Complaint(
                "s",
                all,
                judge.judge("shop", "s", all.stream().map(RecordedRun::run).toList(), Instant.EPOCH));
        return complaint.isEmpty() ? "" : complaint.text("b.yaml");
    }

    private static RecordedRun run(long millis, int reads, Map<String, Long> places) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 0; i < reads; i++) {
            histogram.record(0.002);
        }
        Map<String, String> attributes = new TreeMap<>(Map.of(
                "db.system.name", "h2",
                "db.operation.name", "SELECT",
                "db.query.text", READ,
                "headroom.query.fingerprint", "aa"));
        Point statement = new Point(
                new SeriesKey("db.client.operation.duration", attributes),
                new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, 0));
        return new RecordedRun(new ScopeRun(millis * 1_000_000, List.of(statement)), Map.of("aa", places));
    }

    @Test
    void anNPlusOneNamesStatementNumberAndCallerOfItsWorstRun() {
        String text = text(
                "{ id: t-queries, scope: \"**\", measure: max(db.repeated), target: \"<= 1\" }",
                run(1, 1, Map.of("A.a(A.java:1)", 1L)),
                run(1, 20, Map.of("OrderService.load(OrderService.java:42)", 20L)));

        assertThat(text)
                .isEqualTo("Scope s breaks a budget of b.yaml:" + System.lineSeparator()
                        + "  t-queries: db.repeated 20, allowed <= 1: " + READ
                        + " was executed 20 times from OrderService.load(OrderService.java:42)");
    }

    @Test
    void severalPlacesAreNamedWithTheirPart() {
        assertThat(text(
                        "{ id: q, scope: s, measure: max(db.repeated), target: \"<= 1\", acceptable: \"<= 4\" }",
                        run(1, 20, Map.of("A.a(A.java:1)", 8L, "B.b(B.java:2)", 12L))))
                .endsWith("  q: db.repeated 20, allowed <= 4: " + READ
                        + " was executed 20 times from B.b(B.java:2) (12), A.a(A.java:1) (8)");
    }

    @Test
    void timeNamesTheStatementsThatTookIt() {
        assertThat(text(
                        "{ id: t, scope: s, measure: max(duration), target: \"< 10ms\" }",
                        run(60, 20, Map.of("A.a(A.java:1)", 20L))))
                .endsWith("  t: max(duration) 60 ms, allowed < 10ms: " + READ
                        + " was executed 20 times in 40.0 ms from A.a(A.java:1)");
    }

    @Test
    void whatHappenedWithinIsSaidInTheDashboardsWords() {
        assertThat(text(
                        "{ id: d, scope: s, signal: db, measure: share(duration > 1ms), target: \"< 5%\" }",
                        run(60, 20, Map.of("A.a(A.java:1)", 20L))))
                .contains(
                        "  d: share(duration > 1ms) 100 %, allowed < 5%: 20 of 20 statements (100 %) met duration > 1ms")
                .contains(READ + " was executed 20 times in 40.0 ms from A.a(A.java:1)");
    }

    @Test
    void noDataSaysWhyItIsRed() {
        assertThat(text(
                        "{ id: c, scope: s, where: { cache: hit }, measure: max(duration), target: \"< 20ms\" }",
                        run(1, 1, Map.of())))
                .endsWith("  c: NO DATA for max(duration), which fails the test as the budget says no_data: fail:"
                        + " nothing within the scope matched it");
    }

    @Test
    void whatHoldsIsNotComplainedAbout() {
        assertThat(text(
                        "{ id: q, scope: s, measure: max(db.repeated), target: \"<= 1\" }",
                        run(1, 1, Map.of("A.a(A.java:1)", 1L))))
                .isEmpty();
    }
}
