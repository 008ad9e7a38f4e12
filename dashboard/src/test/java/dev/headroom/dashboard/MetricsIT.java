package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsIT {
    private static final Map<String, String> OK =
            Map.of("http.request.method", "GET", "http.route", "/pets/{id}", "http.response.status_code", "200");
    private static final Map<String, String> BROKEN = Map.of(
            "http.request.method",
            "GET",
            "http.route",
            "/pets/{id}",
            "http.response.status_code",
            "503",
            "error.type",
            "503");

    @TempDir
    Path directory;

    private StartedDashboard dashboard;
    private final AgentSender agent = new AgentSender("shop");

    @BeforeEach
    void start() throws IOException {
        Path budgets = directory.resolve("budgets.yaml");
        Files.writeString(budgets, """
                version: 1
                defaults: { warmup: 0s }
                budgets:
                  - { id: fast, signal: http, per: [service, route], measure: p95(duration), target: "< 100ms" }
                """);
        dashboard = StartedDashboard.on(directory.resolve("store"), "--headroom.budgets.file=" + budgets);
    }

    @AfterEach
    void stop() {
        dashboard.close();
    }

    private static HttpResponse<String> get(String url, String accept) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).header("Accept", accept).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private String eventually(String path, String accept, Predicate<String> wanted) throws Exception {
        Instant deadline = Instant.now().plusSeconds(20);
        String body = "";
        while (Instant.now().isBefore(deadline)) {
            body = get(dashboard.url() + path, accept).body();
            if (wanted.test(body)) {
                return body;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("Not found within 20 s: " + body);
    }

    private void sendRequests() {
        double[] slow = new double[60];
        java.util.Arrays.fill(slow, 0.2);
        agent.duration(Metric.HTTP_SERVER_DURATION, OK, slow);
        agent.limits(Metric.HTTP_SERVER_DURATION, OK, new double[] {0.099999999}, 0, 60);
        agent.duration(Metric.HTTP_SERVER_DURATION, BROKEN, 0.01);
        agent.limits(Metric.HTTP_SERVER_DURATION, BROKEN, new double[] {0.099999999}, 1, 0);
        agent.sum(Metric.CACHE_GETS, Map.of("cache", "pet:{id}", "result", "hit"), 3);
        agent.gauge(Metric.JVM_THREADS, Map.of(), 12);
        agent.gauge(Metric.JVM_MEMORY_USED, Map.of("jvm.memory.type", "heap"), 1000);
        agent.send(dashboard);
    }

    @Test
    void prometheusSeesDurationsAndVerdicts() throws Exception {
        Instant sent = Instant.now();
        sendRequests();
        String failing =
                "headroom_budget_status{budget=\"fast\",service=\"shop\",severity=\"ticket\",status=\"fail\",subject=\"GET /pets/{id}\"} 1.0";
        String text = eventually("/actuator/prometheus", "text/plain", body -> body.contains(failing));
        assertThat(Duration.between(sent, Instant.now())).isLessThan(Duration.ofSeconds(7));
        String ok =
                "{http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/pets/{id}\",service=\"shop\"";
        assertThat(text.lines())
                .contains(
                        "http_server_request_duration_seconds_bucket" + ok + ",le=\"0.1\"} 0",
                        "http_server_request_duration_seconds_bucket" + ok + ",le=\"0.25\"} 60",
                        "http_server_request_duration_seconds_bucket" + ok + ",le=\"+Inf\"} 60",
                        "http_server_request_duration_seconds_count" + ok + "} 60",
                        "cache_gets_total{cache=\"pet:{id}\",result=\"hit\",service=\"shop\"} 3.0",
                        "headroom_budget_allowance_ratio{budget=\"fast\",service=\"shop\"} 0.05",
                        "headroom_budget_limit{budget=\"fast\",level=\"target\",service=\"shop\"} 0.1",
                        "headroom_budget_events_total{budget=\"fast\",level=\"all\",service=\"shop\",subject=\"GET /pets/{id}\"} 61.0",
                        "headroom_budget_events_total{budget=\"fast\",level=\"over_target\",service=\"shop\",subject=\"GET /pets/{id}\"} 60.0")
                .anyMatch(line ->
                        line.startsWith("headroom_agent_last_report_age_seconds{instance=\"" + agent.instance()))
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{instance=\"" + agent.instance()))
                .anyMatch(line -> line.startsWith("jvm_thread_count{instance=\"" + agent.instance()));
        HttpResponse<String> protobuf = get(
                dashboard.url() + "/actuator/prometheus",
                "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited");
        assertThat(protobuf.statusCode()).isEqualTo(200);
        assertThat(protobuf.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/vnd.google.protobuf");
        assertThat(protobuf.body()).contains("http_server_request_duration_seconds", "headroom_budget_status");
    }

    @Test
    void aRepeatedRequestCountsOnce() throws Exception {
        double[] one = {0.02};
        agent.duration(Metric.HTTP_SERVER_DURATION, OK, one);
        AgentSender.Numbered request = agent.next();
        assertThat(request.post(dashboard).statusCode()).isEqualTo(200);
        assertThat(request.post(dashboard).statusCode()).isEqualTo(200);
        String text = eventually(
                "/actuator/prometheus",
                "text/plain",
                body -> body.contains("http_server_request_duration_seconds_count"));
        assertThat(text.lines().filter(line -> line.startsWith("http_server_request_duration_seconds_count")))
                .singleElement()
                .asString()
                .endsWith(" 1");
    }

    @Test
    void budgetsAndLimitsOverTheApi() throws Exception {
        sendRequests();
        String json = eventually("/api/v1/budgets?service=shop", "application/json", body -> body.contains("FAIL"));
        assertThat(json)
                .contains(
                        "\"overall\":\"FAIL\"",
                        "\"id\":\"fast\"",
                        "\"subject\":\"GET /pets/{id}\"",
                        "\"target\":\"p95(duration) < 100ms\"",
                        "\"n\":61",
                        "\"bad\":60");
        HttpResponse<String> limits = get(dashboard.url() + "/api/v1/agent/orders?service=shop", "text/plain");
        assertThat(limits.body()).startsWith("version ").endsWith("\nhttp.server.request.duration 99999999\n");
        String version = limits.body().lines().findFirst().orElse("").substring("version ".length());
        agent.gauge(Metric.JVM_THREADS, Map.of(), 12);
        assertThat(agent.send(dashboard).headers().firstValue("Headroom-Orders"))
                .hasValue(version);
    }

    @Test
    void healthAndMetricsInTheShapeOfTheGuides() throws Exception {
        assertThat(get(dashboard.url() + "/health", "*/*").body()).contains("\"status\":\"healthy\"");
        assertThat(get(dashboard.url() + "/metrics", "*/*").body()).contains("\"success\":true", "\"counters\":{}");
        sendRequests();
        assertThat(get(dashboard.url() + "/metrics", "*/*").body())
                .contains(
                        "\"http.requests:method=GET:path=/pets/{id}\":61",
                        "\"http.responses:method=GET:path=/pets/{id}:status=200\":60",
                        "\"http.request.duration\":{\"count\":61,\"avg\":0.196885",
                        "\"recent_errors\":[{\"route\":\"GET /pets/{id}\",\"status\":\"503\"");
        assertThat(get(dashboard.url() + "/health/detailed", "application/json").body())
                .contains(
                        "\"database\":{\"status\":\"unknown\"",
                        "\"GET /pets/{id}\":{\"count\":61,\"avg_time\":0.196885,\"min_time\":0.01,\"max_time\":0.2,\"error_rate\":0.016393}",
                        "\"slow_query_count\":0");
        HttpResponse<String> text = get(dashboard.url() + "/metrics", "text/plain");
        assertThat(text.body()).contains("# TYPE http_server_request_duration_seconds histogram");
        assertThat(text.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    }
}
