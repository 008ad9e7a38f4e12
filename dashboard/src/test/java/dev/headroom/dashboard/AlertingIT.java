package dev.headroom.dashboard;

import static dev.headroom.dashboard.ScrapingPrometheus.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A budget that breaks goes the whole way: dashboard, Prometheus with the shipped rules, Alertmanager with the shipped routes, its
 * webhook; and is resolved after the repair. Fifteen times faster than shipped: an evaluation interval of 2 s stands for 30 s.
 */
class AlertingIT {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration HOLD = Duration.ofSeconds(4);
    private static final Duration GROUP_WAIT = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private final AgentSender agent = new AgentSender("shop");

    @BeforeEach
    void needPrometheus() throws Exception {
        ScrapingPrometheus.needed(AlertingIT.class);
    }

    @Test
    void aBrokenBudgetReachesTheWebhookWithinTwoIntervalsAndIsResolvedAfterTheRepair() throws Exception {
        Path budgets = Files.writeString(directory.resolve("budgets.yaml"), """
                version: 1
                defaults: { warmup: 0s, stretch: 0s }
                budgets:
                  - { id: fast, signal: http, per: [route], measure: p95(duration), target: "< 100ms", severity: page }
                """);
        try (WebhookReceiver receiver = new WebhookReceiver();
                StartedDashboard dashboard =
                        StartedDashboard.on(directory.resolve("store"), "--headroom.budgets.file=" + budgets);
                ScrapingPrometheus prometheus = new ScrapingPrometheus(directory)) {
            prometheus
                    .withAlertmanager(receiver.url(""), AlertingIT::faster)
                    .scraping(dashboard, "1s", AlertingIT::faster);
            long grid = AgentSender.WINDOW_MILLIS;
            agent.endingAt(Instant.ofEpochMilli(Instant.now().toEpochMilli() / grid * grid - 3 * grid));
            window(dashboard, 100, 0.01);
            eventually("a scrape that passes", () -> status(prometheus, "pass").equals("1"));

            window(dashboard, 200, 3.0);
            eventually(
                    "FAIL at the dashboard",
                    () -> ScrapingPrometheus.get(dashboard.url() + "/actuator/prometheus")
                            .lines()
                            .anyMatch(line -> line.startsWith("headroom_budget_status{budget=\"fast\"")
                                    && line.contains("status=\"fail\"")
                                    && line.endsWith(" 1.0")));
            Instant failed = Instant.now();
            JsonNode fired = call(receiver, "firing");
            Instant begun =
                    Instant.parse(fired.get("alerts").get(0).get("startsAt").asString());
            assertThat(Duration.between(failed, begun)).isLessThan(HOLD.plus(INTERVAL.multipliedBy(2)));
            assertThat(Duration.between(begun, Instant.now())).isLessThan(GROUP_WAIT.plus(INTERVAL.multipliedBy(2)));
            JsonNode labels = fired.get("commonLabels");
            assertThat(labels.get("severity").asString()).isEqualTo("page");
            assertThat(labels.get("service").asString()).isEqualTo("shop");
            assertThat(labels.get("subject").asString()).isEqualTo("GET /pets/{id}");
            assertThat(fired.get("commonAnnotations").get("link").asString())
                    .isEqualTo("/budgets/fast?service=shop&subject=GET+%2Fpets%2F%7Bid%7D");

            window(dashboard, 10_000, 0.01);
            assertThat(call(receiver, "resolved")
                            .get("commonLabels")
                            .get("budget")
                            .asString())
                    .isEqualTo("fast");
        }
    }

    /** The shipped times, fifteen times faster. */
    private static String faster(String file) {
        return file.replace("interval: 30s", "interval: 2s")
                .replace("for: 1m", "for: 4s")
                .replace("keep_firing_for: 5m", "keep_firing_for: 4s")
                .replace("group_wait: 10s", "group_wait: 1s")
                .replace("group_wait: 30s", "group_wait: 2s")
                .replace("group_interval: 5m", "group_interval: 2s");
    }

    private static String status(ScrapingPrometheus prometheus, String verdict) throws Exception {
        JsonNode result = prometheus.query("headroom_budget_status{budget=\"fast\",status=\"" + verdict + "\"}");
        return result.isEmpty() ? "" : result.get(0).get("value").get(1).asString();
    }

    /** The next call about the failing budget that says so; others, as of the agent that falls silent, are passed over. */
    private static JsonNode call(WebhookReceiver receiver, String status) throws InterruptedException {
        while (true) {
            WebhookReceiver.Call call = receiver.next();
            if (call.body().get("commonLabels").path("alertname").asString().equals("HeadroomBudgetFailing")
                    && call.body().get("status").asString().equals(status)) {
                assertThat(call.path()).isEqualTo("/page");
                return call.body();
            }
        }
    }

    private void window(StartedDashboard dashboard, int requests, double seconds) {
        double[] durations = new double[requests];
        Arrays.fill(durations, seconds);
        agent.duration(
                        Metric.HTTP_SERVER_DURATION,
                        Map.of(
                                "http.request.method",
                                "GET",
                                "http.route",
                                "/pets/{id}",
                                "http.response.status_code",
                                "200"),
                        durations)
                .send(dashboard);
    }
}
