package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headroom.dashboard.StartedDashboard;
import dev.headroom.dashboard.browser.Browser;
import dev.headroom.dashboard.example.ExampleSender;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpMetricsWriter;
import dev.headroom.otlp.ResourceMetrics;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** Names from agents are data: sent by OTLP, they are looked for in every page, API answer, metric and log line. */
@ExtendWith(OutputCaptureExtension.class)
class HostileNamesIT {
    private static final List<String> NAMES = List.of(
            "<script>window.pwned=1</script>",
            "\"><img src=x onerror=window.pwned=1>",
            "' onmouseover='window.pwned=1",
            "</textarea></select></title><svg onload=window.pwned=1>",
            "javascript:window.pwned=1",
            "a\r\nSet-Cookie: pwned=1\r\n\r\n<b>",
            "\u202Egpj.exe\u2066",
            "=cmd|' /C calc'!A0",
            "a\"} 1\npwned_metric{x=\"\\",
            "nul\u0000end",
            "lone\uD800surrogate",
            "\u001b[31mred\u001b[0m\n2026-11-21 ERROR forged line",
            "__${T(java.lang.Runtime).getRuntime()}__[[${7*7}]]*{7*7}@{7*7}~{x}",
            "../../etc/passwd?x=1&y=2#z%0d%0a",
            "x".repeat(70_000));
    private static final List<String> PAGES = List.of(
            "/",
            "/routes",
            "/queries",
            "/caches",
            "/redis",
            "/pools",
            "/calls",
            "/examples",
            "/advice",
            "/compare",
            "/live",
            "/instances",
            "/runs");
    private static final List<String> LISTS = List.of(
            "services",
            "instances",
            "routes",
            "queries",
            "caches",
            "pools",
            "calls",
            "budgets",
            "orders",
            "runs",
            "examples",
            "findings");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir(cleanup = CleanupMode.NEVER)
    Path directory;

    private static MetricPoint duration(String metric, Map<String, String> attributes, long end) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        histogram.record(0.05);
        return MetricPoint.exponential(metric, "s", attributes, true, end - 5_000_000_000L, end, histogram.snapshot());
    }

    private static int send(StartedDashboard dashboard, String name) throws Exception {
        long end = Instant.now().getEpochSecond() / 5 * 5 * 1_000_000_000L;
        List<MetricPoint> points = new ArrayList<>();
        points.add(duration(
                "http.server.request.duration",
                Map.of("http.request.method", name, "http.route", name, "http.response.status_code", name),
                end));
        points.add(duration(
                "db.client.operation.duration",
                Map.of(
                        "db.system.name",
                        name,
                        "db.query.text",
                        name,
                        "headroom.query.fingerprint",
                        name,
                        "db.operation.name",
                        name),
                end));
        points.add(duration(
                "db.client.operation.duration",
                Map.of("db.system.name", "redis", "headroom.key.pattern", name, "db.operation.name", name),
                end));
        points.add(duration(
                "http.client.request.duration",
                Map.of("http.request.method", name, "server.address", name, "server.port", name, "error.type", name),
                end));
        points.add(MetricPoint.gauge(
                "db.client.connection.count",
                "1",
                Map.of("db.client.connection.pool.name", name, "db.client.connection.state", "used"),
                end,
                3));
        points.add(MetricPoint.gauge(name, name, Map.of(name, name), end, 1));
        Map<String, String> resource = Map.of(
                "service.name",
                name,
                "service.instance.id",
                UUID.randomUUID() + name,
                "host.name",
                name,
                "service.version",
                name,
                "process.runtime.version",
                name,
                "telemetry.distro.name",
                name,
                "deployment.environment.name",
                name);
        byte[] body = OtlpMetricsWriter.write(new ResourceMetrics(resource, points), name, name);
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(dashboard.url() + "/v1/metrics"))
                                .header("Content-Type", "application/x-protobuf")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpResponse<String> get(StartedDashboard dashboard, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(dashboard.url() + path))
                        .header("Accept", path.startsWith("/a") ? "*/*" : "text/html")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void nothingExecutesAndNothingBreaks(CapturedOutput output) throws Exception {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            for (String name : NAMES) {
                assertThat(send(dashboard, name)).isIn(200, 400);
            }
            String id = exampleOf(dashboard);
            List<String> services = new ArrayList<>();
            JsonMapper json = new JsonMapper();
            json.readTree(get(dashboard, "/api/v1/services").body())
                    .path("items")
                    .forEach(item -> services.add(item.path("name").asString()));
            assertThat(services).hasSizeGreaterThan(10);
            for (String service : services) {
                if (service.length() > 2_000) {
                    continue;
                }
                for (String list : LISTS) {
                    HttpResponse<String> answer = get(dashboard, "/api/v1/" + list + "?service=" + encoded(service));
                    assertThat(answer.statusCode()).as(list).isLessThan(500);
                    assertThat(json.readTree(answer.body()).isObject()).isTrue();
                    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
                }
                for (String page : PAGES) {
                    HttpResponse<String> answer = get(dashboard, page + "?service=" + encoded(service));
                    assertThat(answer.statusCode())
                            .as("%s of %s", page, service)
                            .isEqualTo(200);
                    assertThat(answer.body())
                            .as("%s of %s", page, service)
                            .doesNotContain("<script>window", "<img src=x", "<svg onload", "' onmouseover='")
                            .doesNotContain("href=\"javascript:");
                    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
                }
            }
            assertThat(get(dashboard, "/examples/" + id).body())
                    .contains("&lt;script&gt;window.pwned=1")
                    .doesNotContain("<script>window", "<img src=x", "<svg onload", "' onmouseover='")
                    .doesNotContain("href=\"javascript:");
            String metrics = get(dashboard, "/actuator/prometheus").body();
            assertThat(metrics.split("\n"))
                    .allMatch(line -> line.isEmpty()
                            || line.startsWith("#")
                            || line.matches(
                                    "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]++|\\\\.)*+\",?)*})?"
                                            + " [-+0-9.eEINnfa]+( .*)?"))
                    .noneMatch(line -> line.startsWith("pwned_metric"));
            inTheBrowser(dashboard, services, "/examples/" + id);
        }
        assertThat(output.getAll().lines())
                .noneMatch(line -> line.startsWith("2026-11-21 ERROR forged"))
                .noneMatch(line -> line.contains("[31mred") && line.contains("\u001b[31m"))
                .noneMatch(line -> line.indexOf('\u0000') >= 0 || line.indexOf('\u202E') >= 0);
    }

    /** An example whose every text is hostile; returns its id. */
    private static String exampleOf(StartedDashboard dashboard) throws Exception {
        String id = "00000000000000ee";
        String name = String.join(" ", NAMES.subList(0, NAMES.size() - 1));
        JsonMapper json = new JsonMapper();
        Map<String, Object> call = Map.of(
                "kind",
                name,
                "operation",
                name,
                "text",
                name,
                "fingerprint",
                name,
                "caller",
                name,
                "errorType",
                name,
                "thread",
                name);
        Map<String, Object> statement =
                Map.of("kind", "sql", "text", name, "fingerprint", "javascript:window.pwned=1", "startNanos", 1);
        String body = json.writeValueAsString(
                Map.of("thread", name, "errorMessage", name, "traceId", name, "calls", List.of(call, statement)));
        ExampleSender sender = new ExampleSender("hostile");
        assertThat(sender.send(dashboard, Instant.now(), ExampleSender.attributes(id, name, name, name), body))
                .isEqualTo(200);
        return id;
    }

    private void inTheBrowser(StartedDashboard dashboard, List<String> services, String example) throws Exception {
        Optional<Path> chromium = Browser.found();
        assumeThat(chromium).as("chromium on PATH; see target/not-run.txt").isPresent();
        try (Browser browser = Browser.start(chromium.orElseThrow(), directory)) {
            Browser.Tab tab = browser.open();
            for (String page : PAGES) {
                tab.show(dashboard.url() + page);
                assertThat(tab.evaluate("typeof window.pwned")).as(page).isEqualTo("undefined");
            }
            for (String service : services) {
                if (service.length() < 2_000) {
                    for (String page : List.of("/routes", "/queries", "/instances")) {
                        tab.show(dashboard.url() + page + "?service=" + encoded(service));
                        assertThat(tab.evaluate("typeof window.pwned"))
                                .as("%s of %s", page, service)
                                .isEqualTo("undefined");
                    }
                }
            }
            for (String page : List.of("/access", "/account", "/login", example)) {
                tab.show(dashboard.url() + page);
            }
            assertThat(tab.evaluate("typeof window.pwned")).isEqualTo("undefined");
            assertThat(tab.complaints()).isEmpty();
            assertThat(tab.requests())
                    .hasSizeGreaterThan(20)
                    .allMatch(url -> url.startsWith(dashboard.url() + "/") || url.equals("about:blank"));
        }
    }
}
