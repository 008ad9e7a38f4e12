package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A real Prometheus scrapes the running dashboard, answers the board's queries, and a broken budget reaches Alertmanager. */
class PrometheusIT {
    private static final Path NOT_RUN = Path.of("target", "not-run.txt");

    @TempDir
    Path directory;

    private final AgentSender agent = new AgentSender("shop");
    private final List<Process> processes = new ArrayList<>();
    private StartedDashboard dashboard;

    @BeforeEach
    void needPrometheus() throws IOException {
        for (String binary : List.of("prometheus", "prometheus-alertmanager", "promtool")) {
            if (!onPath(binary)) {
                Files.createDirectories(NOT_RUN.getParent());
                String line = "PrometheusIT: " + binary + " not found on PATH" + System.lineSeparator();
                Files.writeString(NOT_RUN, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Assumptions.abort(line);
            }
        }
    }

    private static boolean onPath(String binary) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, binary)));
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        if (dashboard != null) {
            dashboard.close();
        }
    }

    @Test
    void boardHasDataAndABrokenBudgetRaisesAnAlert() throws Exception {
        Path budgets = directory.resolve("budgets.yaml");
        Files.writeString(budgets, """
                version: 1
                extends: [headroom:recommended]
                defaults: { warmup: 0s }
                """);
        dashboard = StartedDashboard.on(directory.resolve("store"), "--headroom.budgets.file=" + budgets);
        int alerts = freePort();
        start(
                "prometheus-alertmanager",
                "--config.file=" + GrafanaBoard.FOLDER.resolve("alertmanager/alertmanager.yml"),
                "--storage.path=" + directory.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + alerts,
                "--cluster.listen-address=");
        int port = startPrometheus(alerts);

        long grid = AgentSender.WINDOW_MILLIS;
        agent.endingAt(Instant.ofEpochMilli(Instant.now().toEpochMilli() / grid * grid - 9 * grid));
        for (int i = 1; i <= 8; i++) {
            window(0.01);
            String requests = Integer.toString(i * 201);
            eventually(
                    requests + " requests in Prometheus", () -> requests(port).equals(requests));
        }
        everyMetricIsExposed();
        promtoolAcceptsTheMetrics();
        everyPanelHasData(port);

        window(3.0);
        JsonNode alert = alert(alerts, "http-p95");
        assertThat(alert.get("labels").get("severity").asString()).isEqualTo("page");
        assertThat(alert.get("labels").get("service").asString()).isEqualTo("shop");
    }

    @Test
    void theRulesAreValidAndKeepTheirUnitTests() throws Exception {
        Path rules = GrafanaBoard.FOLDER.resolve("prometheus");
        assertThat(promtool("check", "rules", "--lint=all", "--lint-fatal", rules.resolve("headroom-rules.yml")))
                .contains("SUCCESS");
        assertThat(promtool("test", "rules", rules.resolve("headroom-rules.test.yml")))
                .contains("SUCCESS");
        assertThat(promtool("check", "config", rules.resolve("prometheus.yml"))).contains("SUCCESS");
    }

    private static String promtool(Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private int startPrometheus(int alerts) throws IOException {
        int port = freePort();
        Path shipped = GrafanaBoard.FOLDER.resolve("prometheus");
        Files.writeString(
                directory.resolve("prometheus.yml"),
                Files.readString(shipped.resolve("prometheus.yml"))
                        .replace("15s", "1s")
                        .replace("alertmanager:9093", "127.0.0.1:" + alerts)
                        .replace("host.docker.internal:4318", "127.0.0.1:" + dashboard.port()));
        Files.writeString(
                directory.resolve("headroom-rules.yml"),
                Files.readString(shipped.resolve("headroom-rules.yml"))
                        .replace("interval: 30s", "interval: 1s")
                        .replace("for: 1m", "for: 2s"));
        start(
                "prometheus",
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port);
        return port;
    }

    /** One window with something of everything. */
    private void window(double seconds) {
        double[] durations = new double[200];
        Arrays.fill(durations, seconds);
        Map<String, String> sql =
                Map.of("db.system.name", "postgresql", "db.query.text", "select * from pets where id = ?");
        Map<String, String> pool = Map.of("db.client.connection.pool.name", "main");
        Map<String, String> heap = Map.of("jvm.memory.type", "heap", "jvm.memory.pool.name", "Old");
        agent.duration(Metric.HTTP_SERVER_DURATION, http("200"), durations)
                .duration(Metric.HTTP_SERVER_DURATION, http("503"), 0.001)
                .duration(Metric.HTTP_CLIENT_DURATION, Map.of("server.address", "api", "server.port", "80"), 0.02)
                .duration(Metric.DB_DURATION, sql, 0.004, 0.005)
                .duration(Metric.DB_DURATION, Map.of("db.system.name", "redis", "db.operation.name", "GET"), 0.001)
                .duration(Metric.POOL_WAIT, pool, 0.001)
                .duration(Metric.JVM_GC_DURATION, Map.of("jvm.gc.name", "G1"), 0.01)
                .sum(Metric.CACHE_GETS, Map.of("cache", "pet:{id}", "result", "hit"), 9)
                .sum(Metric.CACHE_GETS, Map.of("cache", "pet:{id}", "result", "miss"), 1)
                .gauge(
                        Metric.POOL_COUNT,
                        Map.of("db.client.connection.pool.name", "main", "db.client.connection.state", "used"),
                        3)
                .gauge(Metric.POOL_MAX, pool, 10)
                .gauge(Metric.JVM_MEMORY_USED, heap, 1000)
                .gauge(Metric.JVM_CPU_UTILIZATION, Map.of(), 0.2)
                .gauge(Metric.JVM_THREADS, Map.of(), 12)
                .send(dashboard);
    }

    private static Map<String, String> http(String status) {
        return Map.of("http.request.method", "GET", "http.route", "/pets/{id}", "http.response.status_code", status);
    }

    private void everyMetricIsExposed() throws Exception {
        String exposed = get(dashboard.url() + "/actuator/prometheus");
        List<String> sources = new ArrayList<>();
        GrafanaBoard.read().panels().forEach(panel -> sources.addAll(GrafanaBoard.expressions(panel)));
        for (String file : List.of("prometheus/headroom-rules.yml", "alerts/headroom.yaml")) {
            Files.readAllLines(GrafanaBoard.FOLDER.resolve(file)).stream()
                    .filter(line -> line.contains("expr:") && !line.strip().startsWith("#"))
                    .forEach(sources::add);
        }
        for (String source : sources) {
            for (String metric : GrafanaBoard.metrics(source)) {
                assertThat(exposed).as("%s of %s", metric, source).contains("\n" + metric + "{");
            }
        }
    }

    private void promtoolAcceptsTheMetrics() throws Exception {
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        promtool.getOutputStream()
                .write(get(dashboard.url() + "/actuator/prometheus").getBytes(StandardCharsets.UTF_8));
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

    private void everyPanelHasData(int port) throws Exception {
        for (JsonNode panel : GrafanaBoard.read().panels()) {
            for (String expression : GrafanaBoard.expressions(panel)) {
                String query = GrafanaBoard.filledIn(expression, "shop", "1m");
                eventually(
                        panel.get("title").asString() + ": " + query,
                        () -> !query(port, query).get("data").get("result").isEmpty());
            }
        }
    }

    private static String requests(int port) throws Exception {
        JsonNode result = query(port, "sum(http_server_request_duration_seconds_count{service=\"shop\"})")
                .get("data")
                .get("result");
        return result.isEmpty() ? "" : result.get(0).get("value").get(1).asString();
    }

    private static JsonNode query(int port, String query) throws Exception {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        return new ObjectMapper().readTree(get("http://127.0.0.1:" + port + "/api/v1/query?query=" + encoded));
    }

    private static JsonNode alert(int port, String budget) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        eventually("an alert for " + budget, () -> {
            JsonNode alerts = new ObjectMapper().readTree(get("http://127.0.0.1:" + port + "/api/v2/alerts"));
            for (JsonNode alert : alerts) {
                JsonNode labels = alert.get("labels");
                if (labels.get("alertname").asString().equals("HeadroomBudgetFailing")
                        && labels.get("budget").asString().equals(budget)) {
                    found.add(alert);
                }
            }
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private interface Question {
        boolean answered() throws Exception;
    }

    private static void eventually(String what, Question question) throws Exception {
        Instant deadline = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(deadline)) {
            try {
                if (question.answered()) {
                    return;
                }
            } catch (IOException notUpYet) {
                // The server is still starting; the deadline decides.
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new AssertionError("Not within 60 s: " + what);
    }

    private static String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "text/plain,application/json")
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }

    private void start(String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(command[0] + ".log").toFile())
                .start());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
