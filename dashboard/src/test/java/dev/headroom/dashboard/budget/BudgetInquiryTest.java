package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.BudgetInquiry.Answer;
import dev.headroom.dashboard.budget.Contributors.Part;
import dev.headroom.dashboard.budget.Contributors.Split;
import dev.headroom.dashboard.budget.EventHistory.Counted;
import dev.headroom.dashboard.store.TimeRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetInquiryTest {
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

    private Answer ask(String id, String subject) {
        TimeRange range = TimeRange.upTo(shop.clock, Duration.ofMinutes(5));
        return shop.evaluator().inquiry().ask(id, "shop", subject, range, Duration.ofMinutes(1));
    }

    @Test
    void ranksContributorsByTheirExcessAndNotByTheirNumber() {
        shop.budgets("{ id: all, signal: http, per: [service], measure: p95(duration), target: \"< 100ms\" }");
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/busy", "200"), 1_000, 0.01, 30, 0.2);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/slow", "200"), 10, 0.01, 20, 0.2);
        shop.durations(Metric.HTTP_SERVER_DURATION, get("/slow", "500"), 5, 0.2);
        shop.next();
        Answer answer = ask("all", "");
        assertThat(answer.counts()).isEqualTo(new EventCounts(1_065, 55, 55));
        assertThat(answer.allowance()).isEqualTo(0.05);
        Split routes = answer.splits().get(0);
        assertThat(routes.key()).isEqualTo("route");
        assertThat(routes.rows()).extracting(Part::name).containsExactly("GET /slow", "GET /busy");
        assertThat(routes.rows().get(0).bad()).isEqualTo(25);
        assertThat(routes.rows().get(0).excess()).isEqualTo(25 - 0.05 * 35, within(1e-9));
        assertThat(routes.rows().get(1).excess()).isEqualTo(30 - 0.05 * 1_030, within(1e-9));
        assertThat(answer.splits()).extracting(Split::key).containsExactly("route", "status");
        assertThat(answer.durations().histogram().count()).isEqualTo(1_065);
        assertThat(answer.slices().stream().mapToLong(BudgetInquiry.Slice::n).sum())
                .isEqualTo(1_065);
    }

    @Test
    void sharesOfCachesAreSplitByCache() {
        shop.budgets("{ id: hits, signal: cache, per: [service], measure: share(result = hit), target: \">= 80%\" }");
        shop.sum(Metric.CACHE_GETS, Map.of("cache", "pet:{id}", "result", "hit"), 900);
        shop.sum(Metric.CACHE_GETS, Map.of("cache", "pet:{id}", "result", "miss"), 100);
        shop.sum(Metric.CACHE_GETS, Map.of("cache", "owner:{id}", "result", "miss"), 60);
        shop.next();
        Answer answer = ask("hits", "");
        assertThat(answer.counts()).isEqualTo(new EventCounts(1_060, 160, 160));
        assertThat(answer.splits().get(0).rows()).extracting(Part::name).containsExactly("owner:{id}", "pet:{id}");
        assertThat(answer.splits().get(0).rows().get(0).excess()).isEqualTo(48, within(1e-9));
    }

    @Test
    void knowsNothingOfABudgetThatTheFileDoesNotHave() {
        shop.budgets("{ id: all, signal: http, measure: p95(duration), target: \"< 100ms\" }");
        assertThat(ask("other", "")).isNull();
    }

    @Test
    void readingsBurnBySlicesOfTenSeconds() {
        shop.budgets(
                "{ id: cpu, signal: process, per: [service, instance], measure: avg(cpu.utilization), target: \"< 70%\", acceptable: \"< 90%\" }");
        for (int i = 0; i < 12; i++) {
            shop.gauge(Metric.JVM_CPU_UTILIZATION, Map.of(), i < 2 ? 0.95 : i < 6 ? 0.8 : 0.5);
            shop.next();
        }
        EventHistory history = shop.evaluator().history();
        assertThat(history.accounts()).singleElement().satisfies(account -> {
            assertThat(account.allowance()).isEqualTo(0.05);
            assertThat(account.period()).isEqualTo(Duration.ofDays(30));
        });
        Map<Counted, EventCounts> counts = history.count("shop", TimeRange.upTo(shop.clock, Duration.ofMinutes(1)))
                .counts();
        assertThat(List.copyOf(counts.values())).containsExactly(new EventCounts(6, 3, 1));
    }
}
