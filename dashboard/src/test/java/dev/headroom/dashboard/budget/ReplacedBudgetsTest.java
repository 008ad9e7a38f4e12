package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another budget file while the dashboard runs. */
class ReplacedBudgetsTest {
    private static final Map<String, String> LIST =
            Map.of("http.request.method", "GET", "http.route", "/p", "http.response.status_code", "200");
    private static final String P95 =
            "{ id: p95, signal: http, measure: p95(duration), target: \"< 100ms\", severity: ticket }";
    private static final String CLIENT = "{ id: calls, signal: http-client, measure: count(), target: \"<= 5\" }";

    private Shop shop;

    @BeforeEach
    void open(@TempDir Path directory) {
        shop = new Shop(directory);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private long counted(String budget) {
        return shop.evaluator().events().stream()
                .filter(each -> each.budget().equals(budget))
                .mapToLong(BudgetFigures.Events::all)
                .sum();
    }

    @Test
    void reportsAndCountersOfWhatStayedGoOn() {
        shop.budgets(P95, CLIENT);
        shop.durations(Metric.HTTP_SERVER_DURATION, LIST, 100, 0.05).judge();
        BudgetReport before = shop.report();
        assertThat(shop.status("p95").status()).isEqualTo(Verdict.PASS);
        assertThat(counted("p95")).isEqualTo(100);

        shop.replace(P95.replace("severity: ticket", "severity: page"), CLIENT.replace("5", "9"));

        assertThat(shop.report()).as("until it is judged again").isEqualTo(before);
        assertThat(counted("p95")).isEqualTo(100);
        shop.durations(Metric.HTTP_SERVER_DURATION, LIST, 50, 0.05).judge();
        assertThat(counted("p95")).isEqualTo(150);
        assertThat(shop.status("p95").severity()).isEqualTo("page");
        assertThat(shop.status("calls").target()).isEqualTo("count() <= 9");
    }

    @Test
    void whatIsJudgedDifferentlyBeginsAtZero() {
        shop.budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, LIST, 100, 0.05).judge();
        shop.replace(P95.replace("100ms", "30ms"));
        assertThat(counted("p95")).isZero();
        shop.judge();
        assertThat(shop.status("p95").status()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void agentsAreHandedTheNewLimits() {
        shop.budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, LIST, 100, 0.05).judge();
        String before = shop.evaluator().limits().lines("shop");
        assertThat(before).contains("99999999");
        shop.replace(P95.replace("100ms", "30ms"));
        assertThat(shop.evaluator().limits().lines("shop")).contains("29999999").doesNotContain("99999999");
        assertThat(shop.evaluator().limits().lines("new one")).contains("29999999");
        assertThat(shop.evaluator().limits().nanos(Metric.HTTP_SERVER_DURATION.metricName()))
                .isEqualTo(List.of(29_999_999L));
    }

    @Test
    void aSubjectThatWasSeenIsIdleAndNotUnknownAfterwards() {
        shop.defaults("warmup: 0s, stretch: 0s").budgets(P95);
        shop.durations(Metric.HTTP_SERVER_DURATION, LIST, 100, 0.05).judge();
        shop.pass(java.time.Duration.ofMinutes(10));
        shop.replace(P95.replace("100ms", "30ms"));
        shop.gauge(Metric.JVM_THREADS, Map.of(), 5).judge();
        assertThat(shop.status("p95").reason()).isEqualTo("idle");
    }
}
