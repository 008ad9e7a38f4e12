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
    void sharesOfErrorsAndHits() {
        shop.budgets(
                "{ id: errors, signal: http, measure: share(status = 5xx), target: \"< 1%\" }",
                "{ id: hits, signal: cache, per: [service, cache], measure: share(result = hit), target: \">= 80%\", acceptable: \">= 70%\" }",
                "{ id: statements, signal: db, measure: share(outcome = error), target: \"< 50%\" }",
                "{ id: commands, signal: cache, per: [service, cache], measure: p95(duration), target: \"< 5ms\", min_samples: 1 }");
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "200"), 290, 0.01);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/pets", "503"), 10, 0.01);
        shop.sum(Metric.CACHE_GETS, Map.of("cache", "pet:{id}", "result", "hit"), 75);
        shop.sum(Metric.CACHE_GETS, Map.of("cache", "pet:{id}", "result", "miss"), 25);
        shop.durations(
                Metric.DB_DURATION, Map.of("db.system.name", "postgresql", "db.query.text", "select ?"), 20, 0.01);
        shop.durations(
                Metric.DB_DURATION,
                Map.of("db.system.name", "redis", "db.operation.name", "GET", "headroom.key.pattern", "pet:{id}"),
                5,
                0.001);
        shop.judge();
        assertThat(shop.status("errors")).returns(10L, BudgetStatus::bad).returns(Verdict.FAIL, BudgetStatus::status);
        assertThat(shop.status("errors").current()).isEqualTo("3.33 %");
        assertThat(shop.status("hits"))
                .returns("75 %", BudgetStatus::current)
                .returns(Verdict.WARN, BudgetStatus::status);
        assertThat(shop.status("hits").subject()).isEqualTo("pet:{id}");
        assertThat(shop.status("statements")).returns(20L, BudgetStatus::n).returns(Verdict.PASS, BudgetStatus::status);
        assertThat(shop.status("commands")).returns(5L, BudgetStatus::n).returns(Verdict.PASS, BudgetStatus::status);
    }

    @Test
    void countsOfWhatMustNotHappen() {
        shop.budgets(
                "{ id: timeouts, signal: pool, per: [service, pool], measure: count(timeout), target: \"= 0\", min_bad: 1 }",
                "{ id: leaks, signal: pool, per: [service, pool], measure: count(held > 30s), target: \"= 0\", min_bad: 1 }",
                "{ id: keys, signal: redis, where: { command: [KEYS, FLUSHALL] }, measure: count(), target: \"= 0\", min_bad: 1 }");
        Map<String, String> pool = Map.of("db.client.connection.pool.name", "main");
        for (int i = 0; i < 12; i++) {
            shop.durations(Metric.POOL_USE, pool, 5, 0.01);
            shop.durations(Metric.DB_DURATION, Map.of("db.system.name", "redis", "db.operation.name", "GET"), 5, 0.001);
            shop.gauge(Metric.JVM_THREADS, Map.of(), 12);
            shop.next();
        }
        shop.judge();
        assertThat(shop.status("timeouts"))
                .returns("main", BudgetStatus::subject)
                .returns(Verdict.PASS, BudgetStatus::status);
        assertThat(shop.status("leaks"))
                .returns(Verdict.PASS, BudgetStatus::status)
                .returns("0", BudgetStatus::current);
        assertThat(shop.status("keys")).returns(Verdict.PASS, BudgetStatus::status);
        shop.sum(Metric.POOL_TIMEOUTS, pool, 2);
        shop.durations(Metric.POOL_USE, pool, 1, 31);
        shop.judge();
        assertThat(shop.status("timeouts"))
                .returns(Verdict.FAIL, BudgetStatus::status)
                .returns(2L, BudgetStatus::bad);
        assertThat(shop.status("leaks"))
                .returns(Verdict.FAIL, BudgetStatus::status)
                .returns(1L, BudgetStatus::bad);
    }

    @Test
    void readingsOfPoolsAndTheJvm() {
        shop.budgets(
                "{ id: pool-use, signal: pool, per: [service, pool], measure: p95(utilization), target: \"< 80%\", acceptable: \"< 95%\" }",
                "{ id: cpu, signal: process, per: [service, instance], measure: avg(cpu.utilization), target: \"< 70%\" }",
                "{ id: heap, signal: jvm, per: [service, instance], measure: max(heap.after_gc.utilization), target: \"< 70%\" }",
                "{ id: gc, signal: jvm, per: [service, instance], measure: avg(gc.overhead), target: \"< 5%\" }");
        Map<String, String> heap = Map.of("jvm.memory.type", "heap", "jvm.memory.pool.name", "Old");
        for (int i = 0; i < 14; i++) {
            shop.gauge(
                    Metric.POOL_COUNT,
                    Map.of("db.client.connection.pool.name", "main", "db.client.connection.state", "used"),
                    9);
            shop.gauge(Metric.POOL_MAX, Map.of("db.client.connection.pool.name", "main"), 10);
            shop.gauge(Metric.JVM_CPU_UTILIZATION, Map.of(), 0.5);
            shop.gauge(Metric.JVM_MEMORY_AFTER_GC, heap, 80);
            shop.gauge(Metric.JVM_MEMORY_LIMIT, heap, 100);
            shop.gauge(Metric.JVM_THREADS, Map.of(), 12);
            shop.durations(Metric.JVM_GC_DURATION, Map.of("jvm.gc.name", "G1"), 1, 0.1);
            shop.durations(Metric.JVM_GC_DURATION, Map.of("jvm.gc.name", "ZGC Major Cycles"), 1, 4.0);
            shop.next();
            if (i == 2) {
                assertThat(shop.judge().item("pool-use").reason()).isEqualTo("partial");
            }
        }
        shop.judge();
        assertThat(shop.status("pool-use"))
                .returns("90 %", BudgetStatus::current)
                .returns(Verdict.WARN, BudgetStatus::status);
        assertThat(shop.status("cpu"))
                .returns("50 %", BudgetStatus::current)
                .returns(Verdict.PASS, BudgetStatus::status);
        assertThat(shop.status("heap"))
                .returns("80 %", BudgetStatus::current)
                .returns(Verdict.FAIL, BudgetStatus::status);
        assertThat(shop.status("gc")).returns("2 %", BudgetStatus::current).returns(Verdict.PASS, BudgetStatus::status);
    }

    @Test
    void ratiosAndChangesNeedTheirWholeInterval() {
        shop.budgets(
                "{ id: speedup, signal: http, per: [service, route], measure: \"ratio(p50(duration | cache=miss), p50(duration | cache=hit))\", target: \">= 10\", acceptable: \">= 5\" }",
                "{ id: change, signal: http, per: [service, route], measure: p50(duration), compare: { to: previous-window }, target: \"<= +10%\" }",
                "{ id: deploy, signal: http, per: [service, route], measure: p50(duration), compare: { to: previous-deploy }, target: \"<= +10%\" }");
        Map<String, String> hit =
                Map.of("http.request.method", "GET", "http.route", "/pets", "headroom.request.cache", "hit");
        Map<String, String> miss =
                Map.of("http.request.method", "GET", "http.route", "/pets", "headroom.request.cache", "miss");
        shop.durations(Metric.HTTP_SERVER_DURATION, hit, 200, 0.01);
        shop.durations(Metric.HTTP_SERVER_DURATION, miss, 60, 0.02);
        shop.pass(Duration.ofMinutes(5));
        shop.durations(Metric.HTTP_SERVER_DURATION, hit, 200, 0.02);
        shop.durations(Metric.HTTP_SERVER_DURATION, miss, 60, 0.04);
        shop.judge();
        assertThat(shop.status("speedup"))
                .returns("2", BudgetStatus::current)
                .returns(Verdict.FAIL, BudgetStatus::status);
        assertThat(shop.status("change")).returns(Verdict.FAIL, BudgetStatus::status);
        assertThat(shop.status("change").current()).startsWith("+").endsWith(" %");
        assertThat(shop.status("deploy").reason()).isEqualTo("too-few");
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
    void whatIsNotMeasuredIsNeverSeenAndNeverSkipped() {
        shop.budgets(
                "{ id: rows, signal: db, per: [service, query], measure: p99(rows), target: \"<= 100\" }",
                "{ id: deep, signal: db, where: { offset: \"> 1000\" }, measure: count(), target: \"= 0\" }");
        shop.durations(
                Metric.DB_DURATION, Map.of("db.system.name", "postgresql", "db.query.text", "select ?"), 20, 0.01);
        shop.judge();
        assertThat(shop.report().items())
                .hasSize(2)
                .allSatisfy(status -> assertThat(status.reason()).isEqualTo("never-seen"));
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
