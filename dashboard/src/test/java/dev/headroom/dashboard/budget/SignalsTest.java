package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each signal measures. */
class SignalsTest {
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
    void amountsPerRequestAreExactEvenWithoutCountsAtTheLimit() {
        shop.budgets(
                "{ id: calls, signal: request, per: [service, route], measure: p95(db.calls), target: \"<= 5\" }",
                "{ id: opened, signal: request, measure: p95(db.connections.opened), target: \"= 0\" }",
                "{ id: none, signal: request, measure: count(db.repeated > 4), target: \"= 0\" }",
                "{ id: mean, signal: request, measure: avg(db.calls), target: \"<= 5\" }");
        shop.withoutLimits();
        shop.durations(Metric.REQUEST_DB_CALLS, get("/pets", "200"), 379, 5, 33, 6);
        shop.durations(Metric.REQUEST_DB_OPENED, get("/pets", "200"), 400, 0, 12, 1);
        shop.durations(Metric.REQUEST_DB_REPEATED, get("/pets", "200"), 100, 1, 3, 5);
        shop.judge();
        BudgetStatus calls = shop.status("calls");
        assertThat(calls.status()).isEqualTo(Verdict.FAIL);
        assertThat(calls.subject()).isEqualTo("GET /pets");
        assertThat(calls.current()).isEqualTo("6");
        assertThat(calls.sentence())
                .isEqualTo(
                        "33 of 412 requests (8.01 %) had more than 5 SQL calls over 5 min; 5 % allowed; p = 0.00584");
        assertThat(calls.limitNanos())
                .as("a chart of durations has no place for it")
                .isEmpty();
        assertThat(shop.status("opened").status()).isEqualTo(Verdict.PASS);
        assertThat(shop.status("opened").bad()).isEqualTo(12);
        assertThat(shop.status("none").status()).isEqualTo(Verdict.FAIL);
        assertThat(shop.status("none").bad()).isEqualTo(3);
        assertThat(shop.status("mean").current()).isEqualTo("5.08");
    }

    @Test
    void aSelectorOfRowsCountsTheResultsThatHaveThem() {
        shop.budgets(
                "{ id: unbounded, signal: db, where: { verb: SELECT, limit: none, rows: \"> 1000\" },"
                        + " per: [service, query], measure: count(), target: \"= 0\", min_bad: 1 }",
                "{ id: rows, signal: db, per: [service, query], measure: p99(rows), target: \"<= 100\", min_samples: 1 }",
                "{ id: large, signal: db, where: { limit: \"> 1000\" }, measure: count(), target: \"= 0\" }");
        shop.withoutLimits();
        shop.durations(Metric.QUERY_ROWS, query("SELECT name FROM pet"), 10, 5, 2, 2000);
        shop.durations(Metric.QUERY_ROWS, query("SELECT name FROM pet LIMIT ?"), 10, 50, 2, 3000);
        shop.durations(Metric.QUERY_ROWS, query("SELECT name FROM pet WHERE id = ?"), 10, 1);
        shop.judge();
        BudgetStatus unbounded = of("unbounded", "SELECT name FROM pet");
        assertThat(unbounded.status()).isEqualTo(Verdict.FAIL);
        assertThat(unbounded.bad()).isEqualTo(2);
        assertThat(of("unbounded", "SELECT name FROM pet WHERE id = ?").status())
                .isNotEqualTo(Verdict.FAIL);
        assertThat(shop.report().items().stream()
                        .filter(each -> each.id().equals("unbounded"))
                        .map(BudgetStatus::subject))
                .doesNotContain("SELECT name FROM pet LIMIT ?");
        assertThat(of("rows", "SELECT name FROM pet LIMIT ?").status()).isEqualTo(Verdict.FAIL);
        assertThat(of("rows", "SELECT name FROM pet WHERE id = ?").status()).isEqualTo(Verdict.PASS);
        assertThat(shop.status("large").sentence()).isEqualTo("nothing measures count() yet");
    }

    @Test
    void aSelectorOfOffsetsCountsTheRunsThatSkippedSoManyRows() {
        shop.budgets(
                "{ id: deep, signal: db, where: { offset: \"> 1000\" }, per: [service, query], measure: count(), target: \"= 0\", min_bad: 1 }",
                "{ id: far, signal: db, per: [service, query], measure: p95(offset), target: \"<= 100\", min_samples: 1 }",
                "{ id: paged, signal: db, where: { offset: any, rows: \"> 50\" }, per: [service, query], measure: count(), target: \"= 0\", min_bad: 1 }");
        shop.withoutLimits();
        String pages = "SELECT name FROM pet LIMIT ? OFFSET ?";
        String near = "SELECT name FROM owner LIMIT ? OFFSET ?";
        shop.durations(Metric.QUERY_OFFSET, query(pages), 400, 20, 3, 4000);
        shop.durations(Metric.QUERY_OFFSET, query(near), 400, 20);
        shop.durations(Metric.QUERY_ROWS, query(pages), 403, 20);
        shop.durations(Metric.QUERY_ROWS, query(near), 400, 60);
        shop.durations(Metric.QUERY_ROWS, query("SELECT name FROM pet"), 10, 5000);
        shop.judge();
        assertThat(of("deep", pages)).returns(3L, BudgetStatus::bad).returns(Verdict.FAIL, BudgetStatus::status);
        assertThat(of("deep", near).status()).isNotEqualTo(Verdict.FAIL);
        assertThat(of("far", pages).status()).isEqualTo(Verdict.PASS);
        assertThat(shop.report().items().stream()
                        .filter(each -> each.id().equals("paged") && each.status() == Verdict.FAIL)
                        .map(BudgetStatus::subject))
                .containsExactly(near);
    }

    private BudgetStatus of(String budget, String subject) {
        return shop.report().items().stream()
                .filter(each -> each.id().equals(budget) && each.subject().equals(subject))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("none among " + shop.report().items()));
    }

    private static Map<String, String> query(String text) {
        return Map.of("db.system.name", "postgresql", "db.operation.name", "SELECT", "db.query.text", text);
    }

    @Test
    void lifetimesAndSizesOfCacheEntries() {
        shop.budgets(
                "{ id: missing, signal: cache, where: { op: set }, per: [service, cache], measure: share(ttl = none), target: \"= 0%\", min_bad: 1, min_samples: 1 }",
                "{ id: range, signal: cache, where: { op: set, ttl: any }, per: [service, cache], measure: share(ttl outside 60s..24h), target: \"< 1%\", min_samples: 1 }",
                "{ id: size, signal: cache, per: [service, cache], measure: p99(value.size), target: \"< 100KiB\", min_samples: 1 }");
        Map<String, String> pet = Map.of("cache", "pet:{id}");
        Map<String, String> given = Map.of("cache", "pet:{id}", "headroom.cache.ttl", "set");
        shop.durations(Metric.CACHE_TTL, pet, 3, 0);
        shop.durations(Metric.CACHE_TTL, given, 200, 600, 20, 7 * 86_400);
        shop.durations(Metric.CACHE_VALUE_SIZE, pet, 300, 2000, 30, 300_000);
        shop.judge();
        assertThat(shop.status("missing"))
                .returns(3L, BudgetStatus::bad)
                .returns(223L, BudgetStatus::n)
                .returns(Verdict.FAIL, BudgetStatus::status);
        assertThat(shop.status("range"))
                .returns(20L, BudgetStatus::bad)
                .returns(220L, BudgetStatus::n)
                .returns(Verdict.FAIL, BudgetStatus::status);
        assertThat(shop.status("size")).returns(30L, BudgetStatus::bad).returns(Verdict.FAIL, BudgetStatus::status);
    }

    @Test
    void sizesOfAnswersAndHowTextsWentOut() {
        shop.budgets(
                "{ id: response-size, signal: http, per: [service, route], measure: p95(response.size), target: \"< 256KiB\" }",
                "{ id: uncompressed, signal: http, where: { response.size: \"> 1000\", content: text }, per: [service, route],"
                        + " measure: share(encoding = identity), target: \"< 5%\" }");
        shop.withoutLimits();
        shop.durations(Metric.HTTP_SERVER_RESPONSE_SIZE, sent("identity"), 40, 5_000, 10, 500);
        shop.durations(Metric.HTTP_SERVER_RESPONSE_SIZE, sent("gzip"), 160, 2_000);
        shop.durations(Metric.HTTP_SERVER_RESPONSE_SIZE, get("/pets", "200"), 300, 9_000);
        shop.judge();
        assertThat(shop.status("uncompressed"))
                .returns("GET /pets", BudgetStatus::subject)
                .returns(40L, BudgetStatus::bad)
                .returns(200L, BudgetStatus::n)
                .returns(Verdict.FAIL, BudgetStatus::status);
        assertThat(shop.status("response-size"))
                .returns(510L, BudgetStatus::n)
                .returns(Verdict.PASS, BudgetStatus::status);
    }

    private static Map<String, String> sent(String encoding) {
        Map<String, String> attributes = new TreeMap<>(get("/pets", "200"));
        attributes.put("headroom.response.content", "text");
        attributes.put("headroom.response.encoding", encoding);
        return attributes;
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
    void whatARedisServerSaysOfItself() {
        shop.budgets(
                "{ id: memory, signal: redis, per: [instance], measure: max(memory.used), target: \"< 1GB\" }",
                "{ id: share, signal: redis, per: [instance], measure: max(memory.utilization), target: \"< 80%\", acceptable: \"< 95%\" }",
                "{ id: ping, signal: redis, per: [instance], measure: p95(ping), target: \"< 5ms\", min_samples: 1 }",
                "{ id: evicted, signal: redis, per: [instance], measure: rate(evicted), target: \"<= 1/s\", acceptable: \"<= 10/s\" }");
        for (int i = 0; i < 14; i++) {
            shop.gauge(Metric.REDIS_MEMORY_USED, Map.of(), 90e6);
            shop.gauge(Metric.REDIS_MEMORY_MAX, Map.of(), 100e6);
            shop.durations(Metric.REDIS_PING, Map.of(), 20, 0.02);
            shop.sum(Metric.REDIS_EVICTED, Map.of(), 100_000);
            shop.next();
        }
        shop.judge();
        assertThat(shop.status("memory").status()).isEqualTo(Verdict.PASS);
        assertThat(shop.status("share"))
                .returns("90 %", BudgetStatus::current)
                .returns(Verdict.WARN, BudgetStatus::status);
        assertThat(shop.status("ping").status()).isEqualTo(Verdict.FAIL);
        assertThat(shop.status("evicted").status()).isEqualTo(Verdict.FAIL);
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

    private void fiveMinutesOfReadings(double cpu, int threads) {
        for (int i = 0; i < 60; i++) {
            shop.gauge(Metric.JVM_CPU_UTILIZATION, Map.of(), cpu + i % 3 * 0.01)
                    .gauge(Metric.JVM_THREADS, Map.of(), threads)
                    .next();
        }
    }

    @Test
    void readingsAreHeldAgainstThoseOfTheWindowBefore() {
        String cpu = "signal: process, per: [service, instance], compare: { to: previous-window }, measure: ";
        shop.budgets(
                "{ id: mean, " + cpu + "avg(cpu.utilization), target: \"<= +10%\" }",
                "{ id: high, " + cpu + "p95(cpu.utilization), target: \"<= +10%\" }",
                "{ id: far, " + cpu + "avg(cpu.utilization), target: \"<= +200%\" }");
        fiveMinutesOfReadings(0.29, 12);
        shop.judge();
        assertThat(shop.status("mean"))
                .as("nothing to compare with yet")
                .returns(Verdict.NO_DATA, BudgetStatus::status)
                .returns("too-few", BudgetStatus::reason);
        fiveMinutesOfReadings(0.59, 12);
        shop.judge();
        assertThat(shop.status("mean"))
                .returns(Verdict.FAIL, BudgetStatus::status)
                .returns("+100 %", BudgetStatus::current);
        assertThat(shop.status("mean").sentence())
                .contains("avg(cpu.utilization) 60 % against avg(cpu.utilization) 30 %", "bootstrap over 30 slices");
        assertThat(shop.status("high").status())
                .as("a percentile of readings has no interval: nothing is proved")
                .isEqualTo(Verdict.WARN);
        assertThat(shop.status("far").status()).isEqualTo(Verdict.PASS);
        fiveMinutesOfReadings(0.59, 12);
        shop.judge();
        assertThat(shop.status("mean"))
                .returns(Verdict.PASS, BudgetStatus::status)
                .returns("+0 %", BudgetStatus::current);
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
}
