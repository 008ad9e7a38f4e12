package dev.headroom.dashboard;

import static dev.headroom.dashboard.ScrapingPrometheus.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real Prometheus scrapes the running dashboard and answers what every panel of every board asks. */
class PrometheusIT {
    private static final Path RULES = GrafanaBoard.FOLDER.resolve("prometheus");

    @TempDir
    Path directory;

    private final AgentSender agent = new AgentSender("shop");

    @BeforeEach
    void needPrometheus() throws IOException {
        ScrapingPrometheus.needed(PrometheusIT.class);
    }

    @Test
    void everyPanelHasDataAndEveryMetricIsExposed() throws Exception {
        Path budgets = Files.writeString(directory.resolve("budgets.yaml"), """
                version: 1
                extends: [headroom:recommended]
                defaults: { warmup: 0s }
                notify: { page: [ { webhook: "http://127.0.0.1:1/" } ] }
                """);
        try (StartedDashboard dashboard =
                        StartedDashboard.on(directory.resolve("store"), "--headroom.budgets.file=" + budgets);
                ScrapingPrometheus prometheus = new ScrapingPrometheus(directory)) {
            prometheus.scraping(dashboard, "1s", UnaryOperator.identity());
            long grid = AgentSender.WINDOW_MILLIS;
            agent.endingAt(Instant.ofEpochMilli(Instant.now().toEpochMilli() / grid * grid - 9 * grid));
            for (int i = 1; i <= 8; i++) {
                RepresentativeLoad.window(agent, 0.01).send(dashboard);
                String requests = Integer.toString(i * 201);
                eventually(
                        requests + " requests in Prometheus",
                        () -> requests(prometheus).equals(requests));
            }
            everyMetricIsExposed(dashboard);
            promtoolAcceptsTheMetrics(dashboard);
            everyPanelHasData(prometheus);
        }
    }

    @Test
    void theRulesAreValidAndKeepTheirUnitTests() throws Exception {
        assertThat(ScrapingPrometheus.run(
                        "promtool",
                        "check",
                        "rules",
                        "--lint=all",
                        "--lint-fatal",
                        RULES.resolve("headroom-rules.yml")))
                .contains("SUCCESS");
        assertThat(ScrapingPrometheus.run("promtool", "test", "rules", RULES.resolve("headroom-rules.test.yml")))
                .contains("SUCCESS");
        assertThat(ScrapingPrometheus.run("promtool", "check", "config", RULES.resolve("prometheus.yml")))
                .contains("SUCCESS");
        assertThat(ScrapingPrometheus.run(
                        "amtool", "check-config", GrafanaBoard.FOLDER.resolve("alertmanager/alertmanager.yml")))
                .contains("SUCCESS");
    }

    @Test
    void theExpandedRulesOfEveryBudgetAreValid() throws Exception {
        Path file = directory.resolve("expanded.yml");
        Process command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DashboardApplication.class.getName(),
                        "rules",
                        "--per-budget",
                        "headroom:recommended",
                        "--link-base=https://headroom.example.org")
                .redirectOutput(file.toFile())
                .start();
        assertThat(command.waitFor()).isZero();
        assertThat(ScrapingPrometheus.run("promtool", "check", "rules", "--lint=all", "--lint-fatal", file))
                .contains("SUCCESS");
    }

    private static void everyMetricIsExposed(StartedDashboard dashboard) throws Exception {
        String exposed = ScrapingPrometheus.get(dashboard.url() + "/actuator/prometheus");
        List<String> sources = new ArrayList<>();
        for (GrafanaBoard board : GrafanaBoard.all()) {
            board.panels().forEach(panel -> sources.addAll(GrafanaBoard.expressions(panel)));
        }
        for (String file : List.of("prometheus/headroom-rules.yml", "alerts/headroom.yaml")) {
            Files.readAllLines(GrafanaBoard.FOLDER.resolve(file)).stream()
                    .filter(line -> (line.contains("expr:") || line.contains("increase("))
                            && !line.strip().startsWith("#"))
                    .forEach(sources::add);
        }
        for (String source : sources) {
            for (String metric : GrafanaBoard.metrics(source)) {
                assertThat(exposed).as("%s of %s", metric, source).containsPattern("\n" + metric + "[{ ]");
            }
        }
    }

    private static void promtoolAcceptsTheMetrics(StartedDashboard dashboard) throws Exception {
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        promtool.getOutputStream()
                .write(ScrapingPrometheus.get(dashboard.url() + "/actuator/prometheus")
                        .getBytes(StandardCharsets.UTF_8));
        promtool.getOutputStream().close();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        promtool.waitFor();
        // Its lint dislikes some names of Spring's own; what cannot be parsed it calls an error.
        assertThat(said).doesNotContain("error while linting");
        assertThat(said.lines()
                        .filter(line ->
                                line.startsWith("headroom_") || line.startsWith("http_server_request_duration")))
                .isEmpty();
    }

    private static void everyPanelHasData(ScrapingPrometheus prometheus) throws Exception {
        for (GrafanaBoard board : GrafanaBoard.all()) {
            for (JsonNode panel : board.panels()) {
                for (String expression : GrafanaBoard.expressions(panel)) {
                    String query = GrafanaBoard.filledIn(expression, "shop", "1m");
                    eventually(
                            board + ", " + panel.get("title").asString() + ": " + query,
                            () -> !prometheus.query(query).isEmpty());
                }
            }
        }
    }

    private static String requests(ScrapingPrometheus prometheus) throws Exception {
        JsonNode result = prometheus.query("sum(http_server_request_duration_seconds_count{service=\"shop\"})");
        return result.isEmpty() ? "" : result.get(0).get("value").get(1).asString();
    }
}
