package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileException;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.budget.file.LimitEdit;
import dev.headroom.dashboard.store.TimeRange;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edited limits judged over what is stored. */
class BackTestTest {
    private static final Map<String, String> LIST =
            Map.of("http.request.method", "GET", "http.route", "/p", "http.response.status_code", "200");
    private static final String P95 =
            "{ id: p95, signal: http, per: [service, route], measure: p95(duration), target: \"< 100ms\", window: 1m }";

    private Shop shop;
    private Instant begin;

    @BeforeEach
    void open(@TempDir Path directory) {
        shop = new Shop(directory);
        shop.budgets(P95);
        begin = shop.clock;
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void minutes(int minutes, int requests, double seconds) {
        for (int i = 0; i < minutes * 12; i++) {
            shop.durations(Metric.HTTP_SERVER_DURATION, LIST, requests, seconds).next();
        }
    }

    private static Budget budget(String yaml) {
        return file(yaml).budgets().get(0);
    }

    private static BudgetFile file(String yaml) {
        return new BudgetFileReader(LocalDate.of(2026, 11, 21)).parse("x", "version: 1\nbudgets: [ " + yaml + " ]");
    }

    private Map<String, BackTests.Outcome> run(Budget budget, List<Double> progress) throws InterruptedException {
        Check check = new Check(budget, new Facts(file(P95).classes()));
        assertThat(check.measured()).isTrue();
        return new BackTest(shop.store(), "shop", check).run(new TimeRange(begin, shop.clock), progress::add);
    }

    @Test
    void itSaysHowOftenAndHowLongALimitWouldHaveFailed() throws InterruptedException {
        minutes(10, 10, 0.05);
        minutes(5, 10, 0.30);
        minutes(20, 10, 0.05);
        minutes(5, 10, 0.30);
        minutes(10, 10, 0.05);
        List<Double> progress = new ArrayList<>();
        BackTests.Outcome outcome = run(budget(P95), progress).get("GET /p");
        assertThat(outcome.failures()).isEqualTo(2);
        assertThat(outcome.alerts()).isEqualTo(2);
        assertThat(outcome.seconds().get(Verdict.FAIL)).isBetween(9 * 60L, 14 * 60L);
        assertThat(outcome.fails()).hasSize(2);
        assertThat(outcome.fails().get(0).from()).isBetween(begin.plusSeconds(600), begin.plusSeconds(660));
        assertThat(outcome.sentence()).startsWith("FAIL 2x, ").endsWith(" min; 2 alerts");
        assertThat(progress).isNotEmpty().last().isEqualTo(1.0);

        BackTests.Outcome looser =
                run(LimitEdit.apply(budget(P95), "< 500ms", null), progress).get("GET /p");
        assertThat(looser.sentence()).isEqualTo("never FAIL");
        assertThat(looser.seconds()).doesNotContainKey(Verdict.FAIL).containsKey(Verdict.PASS);
    }

    @Test
    void quietTrafficIsJudgedOverItsStretch() throws InterruptedException {
        for (int i = 0; i < 30 * 12; i++) {
            if (i % 6 == 0) {
                shop.durations(Metric.HTTP_SERVER_DURATION, LIST, 2, 0.05);
            }
            shop.gauge(Metric.JVM_THREADS, Map.of(), 5).next();
        }
        BackTests.Outcome outcome = run(budget(P95), new ArrayList<>()).get("GET /p");
        assertThat(outcome.seconds().get(Verdict.PASS))
                .as("60 events are in after 15 minutes")
                .isGreaterThan(10 * 60);
    }

    @Test
    void readingsAreJudgedToo() throws InterruptedException {
        for (int i = 0; i < 20 * 12; i++) {
            shop.gauge(Metric.JVM_CPU_UTILIZATION, Map.of(), i < 120 ? 0.3 : 0.9)
                    .next();
        }
        Budget cpu = budget("{ id: cpu, signal: process, measure: avg(cpu.utilization), target: \"< 70%\" }");
        BackTests.Outcome outcome = run(cpu, new ArrayList<>()).get("");
        assertThat(outcome.failures()).isEqualTo(1);
        assertThat(outcome.seconds().get(Verdict.FAIL)).isBetween(5 * 60L, 10 * 60L);
    }

    @Test
    void jobsRunOneAfterTheOtherAndTellTheirProgress() throws InterruptedException {
        minutes(5, 10, 0.05);
        try (BackTests tests = new BackTests(shop.store())) {
            BackTests.Job job = tests.begin(file(P95), file(P95).budgets(), "shop", new TimeRange(begin, shop.clock));
            assertThat(tests.job(job.id())).isSameAs(job);
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (job.items() == null && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(job.progress()).isEqualTo(1);
            assertThat(job.items()).singleElement().satisfies(item -> {
                assertThat(item.problem()).isNull();
                assertThat(item.subjects()).containsOnlyKeys("GET /p");
            });
            assertThat(tests.job("77")).isNull();
        }
    }

    @Test
    void editedLimitsAreCheckedAsTheFilesOwn() {
        Budget budget = budget(P95);
        Assertions.assertThatThrownBy(() -> LimitEdit.apply(budget, "< 5%", null))
                .isInstanceOf(BudgetFileException.class)
                .hasMessageContaining("a duration such as 50ms");
        Assertions.assertThatThrownBy(() -> LimitEdit.apply(budget, null, "< 50ms"))
                .hasMessageContaining("looser than the target");
        assertThat(LimitEdit.apply(budget, "< 50ms", "< 70ms").accepted()).hasToString("< 70ms");
    }

    @Test
    void suggestionsAreBudgetsThatTheReaderTakes() {
        minutes(5, 10, 0.08);
        List<LimitSuggestions.Suggestion> suggestions =
                new LimitSuggestions(shop.store()).of("shop", new TimeRange(begin, shop.clock));
        assertThat(suggestions).singleElement().satisfies(suggestion -> {
            assertThat(suggestion.subject()).isEqualTo("GET /p");
            assertThat(suggestion.n()).isEqualTo(600);
            assertThat(suggestion.target()).isIn("< 100ms", "< 110ms");
            Budget budget = budget(suggestion.yaml().substring(2));
            assertThat(budget.id()).isEqualTo("route-get-p");
            assertThat(budget.where()).containsOnlyKeys("route");
        });
    }
}
