package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {
    private static final String P95 =
            "{ id: fast, signal: http, per: [service, route], measure: p95(duration), target: \"< 100ms\" }";

    @TempDir
    Path directory;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(directory);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Map<String, String> get(String route, String status) {
        return Map.of("http.request.method", "GET", "http.route", route, "http.response.status_code", status);
    }

    @Test
    void countsAtTheLimitAreExact() {
        shop.budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 379, 0.099_999_999, 33, 0.1);
        BudgetStatus status = shop.judge().only();
        assertThat(status.status()).isEqualTo(Verdict.FAIL);
        assertThat(status.n()).isEqualTo(412);
        assertThat(status.bad()).isEqualTo(33);
        assertThat(status.subject()).isEqualTo("GET /pets");
        assertThat(status.current()).doesNotContain("≈").endsWith(" ms");
        assertThat(status.sentence())
                .isEqualTo("33 of 412 requests (8.01 %) took 100 ms or more over 5 min; 5 % allowed; p = 0.00584");
        assertThat(status.evidence()).isEqualTo("strong");
        assertThat(shop.report().overall()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void callsThatWereNotTimedLeaveAVerdictOnTimesOpen() {
        shop.budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 400, 0.010);
        shop.next().untimed(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 100);
        BudgetStatus status = shop.judge().only();
        assertThat(status.status()).isEqualTo(Verdict.NO_DATA);
        assertThat(status.reason()).isEqualTo("untimed");
        assertThat(status.sentence()).startsWith("100 of 500 were not timed");
    }

    @Test
    void callsThatWereNotTimedDoNotHideAProvenFailure() {
        shop.budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 300, 0.010, 100, 0.2);
        shop.next().untimed(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 100);
        BudgetStatus status = shop.judge().only();
        assertThat(status.status()).isEqualTo(Verdict.FAIL);
        assertThat(status.sentence()).startsWith("≈ 100 of 500 requests").endsWith("100 of 500 were not timed");
    }

    @Test
    void soFewThatWereNotTimedThatTheyCouldNotMatterAreOnlyMentioned() {
        shop.budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 400, 0.010);
        shop.next().untimed(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 20);
        BudgetStatus status = shop.judge().only();
        assertThat(status.status()).isEqualTo(Verdict.PASS);
        assertThat(status.sentence()).endsWith("20 of 420 were not timed");
    }

    @Test
    void countsStayExactWithoutTimes() {
        shop.budgets("{ id: errors, signal: http, measure: share(status = 5xx), target: \"< 1%\" }");
        shop.untimed(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 400);
        shop.untimed(Metric.HTTP_SERVER_DURATION, get("/pets", "500"), 100);
        BudgetStatus status = shop.judge().only();
        assertThat(status.status()).isEqualTo(Verdict.FAIL);
        assertThat(status.bad()).isEqualTo(100);
        assertThat(status.n()).isEqualTo(500);
    }

    @Test
    void oneBadEventFewerIsNoProof() {
        shop.budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 380, 0.010, 32, 0.2);
        assertThat(shop.judge().only().status()).isEqualTo(Verdict.WARN);
    }

    @Test
    void withoutCountsAtTheLimitTheBucketsBracketIt() {
        shop.budgets(P95);
        shop.withoutLimits().durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 379, 0.010, 33, 0.1001);
        BudgetStatus status = shop.judge().only();
        assertThat(status.status()).isEqualTo(Verdict.WARN);
        assertThat(status.reason()).isEqualTo("coarse-buckets");
        assertThat(status.current()).startsWith("≈ ");
    }

    @Test
    void fewEventsAreNoPassAndTheReasonSaysSo() {
        shop.budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 59, 0.01);
        BudgetStatus status = shop.judge().only();
        assertThat(status.status()).isEqualTo(Verdict.NO_DATA);
        assertThat(status.reason()).isEqualTo("too-few");
        assertThat(status.sentence()).startsWith("59 of the 60 needed");
        assertThat(shop.report().overall()).isEqualTo(Verdict.NO_DATA);
    }

    @Test
    void aQuietCheckLooksFurtherBack() {
        shop.budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 50, 0.01);
        shop.judge();
        shop.pass(Duration.ofMinutes(12)).durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 10, 0.01);
        BudgetStatus status = shop.judge().only();
        assertThat(status.status()).isEqualTo(Verdict.PASS);
        assertThat(status.n()).isEqualTo(60);
        assertThat(status.sentence()).contains("over 15 min");
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 7, 0.01);
        assertThat(shop.judge().only().n()).isEqualTo(67);
    }

    @Test
    void silenceIsNamed() {
        shop.budgets(
                P95,
                "{ id: other, signal: http, where: { route: \"GET /x\" }, measure: p95(duration), target: \"< 1s\" }");
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 10, 0.01);
        shop.judge();
        assertThat(shop.status("other").reason()).isEqualTo("never-seen");
        shop.clock = shop.clock.plusSeconds(31);
        shop.judge();
        assertThat(shop.status("fast").reason()).isEqualTo("stale");
        shop.pass(Duration.ofHours(7)).gauge(Metric.JVM_THREADS, Map.of(), 12);
        shop.judge();
        assertThat(shop.status("fast").reason()).isEqualTo("idle");
        assertThat(shop.status("fast").subject()).isEqualTo("GET /pets");
    }

    @Test
    void theFirstMomentsOfAJvmDoNotCount() {
        shop.defaults("warmup: 60s").budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 100, 5.0);
        assertThat(shop.judge().only().reason()).isEqualTo("warming-up");
        shop.pass(Duration.ofSeconds(75)).durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 70, 0.01);
        BudgetStatus status = shop.judge().only();
        assertThat(status.status()).isEqualTo(Verdict.PASS);
        assertThat(status.n()).isEqualTo(70);
    }

    @Test
    void aRoutesOwnBudgetBeatsItsClass() {
        shop.budgets(
                "{ id: lists, signal: http, where: { class: list }, per: [service, route], measure: p95(duration), target: \"< 1ms\" }",
                "{ id: pets, signal: http, where: { route: \"GET /pets\" }, measure: p95(duration), target: \"< 1s\" }");
        Map<String, String> pets = Map.of(
                "http.request.method",
                "GET",
                "http.route",
                "/pets",
                "http.response.status_code",
                "200",
                "headroom.request.class",
                "list");
        shop.durations(Metric.HTTP_SERVER_DURATION, pets, 100, 0.5);
        shop.judge();
        assertThat(shop.status("lists").reason()).isEqualTo("superseded");
        assertThat(shop.status("lists").status()).isEqualTo(Verdict.FAIL);
        assertThat(shop.report().overall()).isEqualTo(Verdict.PASS);
    }

    @Test
    void healthChecksCountOnlyWhereTheyAreNamed() {
        shop.budgets(
                "{ id: all, signal: http, measure: p50(duration), target: \"< 100ms\" }",
                "{ id: health, signal: http, where: { class: health }, measure: p50(duration), target: \"< 100ms\" }");
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 10, 0.01);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/health/live", "200"), 30, 0.5);
        shop.judge();
        assertThat(shop.status("all")).returns(10L, BudgetStatus::n).returns(Verdict.PASS, BudgetStatus::status);
        assertThat(shop.status("health")).returns(30L, BudgetStatus::n).returns(Verdict.FAIL, BudgetStatus::status);
    }

    @Test
    void aWaivedFailCountsAsAWarning() {
        shop.waive("fast").budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 100, 0.5);
        BudgetStatus status = shop.judge().only();
        assertThat(status.status()).isEqualTo(Verdict.FAIL);
        assertThat(status.reason()).isEqualTo("waived until 2099-12-31");
        assertThat(shop.report().overall()).isEqualTo(Verdict.WARN);
    }

    @Test
    void moreThanTwoHundredSubjectsAreCountedTogether() {
        shop.budgets(P95);
        for (int i = 0; i < 250; i++) {
            shop.durations(Metric.HTTP_SERVER_DURATION, get("/r" + i, "200"), 60, 0.01);
        }
        List<BudgetStatus> items = shop.judge().report().items();
        assertThat(items).hasSize(201);
        assertThat(items.stream().mapToLong(BudgetStatus::n).sum()).isEqualTo(250 * 60);
        assertThat(shop.judge().report().items())
                .anySatisfy(status -> assertThat(status.subject()).isEqualTo("other"));
    }

    @Test
    void limitsOfTheBudgetsAreHandedOutInNanoseconds() {
        shop.budgets(P95, "{ id: slow, signal: db, measure: count(duration > 1s), target: \"= 0\" }");
        String text = shop.evaluator().limits().lines("shop");
        assertThat(text.lines())
                .containsExactly("db.client.operation.duration 1000000000", "http.server.request.duration 99999999");
    }
}
