package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.AgentSender;
import dev.headroom.dashboard.StartedDashboard;
import dev.headroom.dashboard.browser.Browser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs on their pages and their reports, over HTTP and in a browser. */
class RunsIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BUDGETS = """
            version: 1
            defaults: { warmup: 0s }
            budgets:
              - { id: list, title: List of pets, signal: http, per: [service, route], measure: p95(duration), target: "< 100ms" }
              - { id: queries, title: Queries, signal: db, per: [service, query], measure: p95(duration), target: "< 100ms" }
            """;
    private static final String HOSTILE = "/pets/<script>window.pwned=1</script>\"'&";

    @TempDir(cleanup = CleanupMode.NEVER)
    Path directory;

    private static String kept(StartedDashboard dashboard, String name, String more) {
        AgentSender agent = new AgentSender("shop");
        agent.endingAt(Instant.ofEpochMilli(agent.endMillis()).minusSeconds(180));
        double[] calls = new double[40];
        Arrays.setAll(calls, i -> 0.02 + 0.006 * i);
        for (int i = 0; i < 12; i++) {
            agent.duration(
                            Metric.HTTP_SERVER_DURATION,
                            Map.of("http.request.method", "GET", "http.route", "/pets"),
                            calls)
                    .duration(
                            Metric.HTTP_SERVER_DURATION,
                            Map.of("http.request.method", "GET", "http.route", HOSTILE),
                            0.01,
                            0.02,
                            0.01,
                            0.02,
                            0.01,
                            0.02)
                    .send(dashboard);
        }
        Instant to = Instant.ofEpochMilli(agent.endMillis() - AgentSender.WINDOW_MILLIS);
        EntityExchangeResult<byte[]> answer = dashboard
                .client()
                .post()
                .uri("/api/v1/check?service=shop&from=" + to.minusSeconds(60) + "&to=" + to + "&run=" + name
                        + "&label=commit=3f2a9c1" + more)
                .bodyValue(BUDGETS)
                .exchange()
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .returnResult();
        JsonNode result = JSON.readTree(answer.getResponseBody());
        return result.path("run").path("id").asString();
    }

    private static EntityExchangeResult<byte[]> get(StartedDashboard dashboard, String path) {
        return dashboard.client().get().uri(path).exchange().expectBody().returnResult();
    }

    private static String text(EntityExchangeResult<byte[]> answer) {
        byte[] body = answer.getResponseBody();
        return body == null ? "" : new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void aRunIsListedShownReportedAndForgotten() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            String id = kept(dashboard, "main", "");
            assertThat(text(get(dashboard, "/runs")))
                    .contains("main", "commit 3f2a9c1", "FAIL", "List of pets: GET /pets");
            assertThat(text(get(dashboard, "/runs/" + id))).contains("GET /pets", "took 100 ms or more", "NO DATA");
            assertThat(text(get(dashboard, "/runs/r-000000000000"))).contains("There is no run");
            EntityExchangeResult<byte[]> html = get(dashboard, "/api/v1/runs/" + id + "/report.html");
            assertThat(html.getResponseHeaders().getContentType()).hasToString("text/html;charset=UTF-8");
            assertThat(html.getResponseHeaders().get("Content-Security-Policy"))
                    .singleElement()
                    .asString()
                    .contains("style-src 'sha256-", "frame-ancestors 'none'");
            assertThat(text(get(dashboard, "/api/v1/runs/" + id + "/report.xml")))
                    .startsWith("<?xml");
            assertThat(text(get(dashboard, "/api/v1/runs/" + id + "/report.md")))
                    .startsWith("### Headroom: ■ FAIL");
            assertThat(get(dashboard, "/api/v1/runs/" + id + "/report.pdf")
                            .getStatus()
                            .value())
                    .isEqualTo(404);
            assertThat(JSON.readTree(text(get(dashboard, "/api/v1/runs/" + id)))
                            .at("/run/failing")
                            .asInt())
                    .isEqualTo(1);
            dashboard
                    .client()
                    .delete()
                    .uri("/api/v1/runs/" + id)
                    .exchange()
                    .expectStatus()
                    .isNoContent();
            assertThat(get(dashboard, "/api/v1/runs/" + id).getStatus().value()).isEqualTo(404);
        }
    }

    @Test
    void nothingInAReportExecutesOrLoads() throws Exception {
        Optional<Path> chromium = Browser.found();
        assumeThat(chromium).as("chromium on PATH; see target/not-run.txt").isPresent();
        try (StartedDashboard dashboard = StartedDashboard.on(directory);
                Browser browser = Browser.start(chromium.orElseThrow(), directory)) {
            kept(dashboard, "main", "");
            String id = kept(dashboard, "next", "&baseline=run:main");
            Browser.Tab tab = browser.open();
            for (String path : List.of("/runs", "/runs/" + id, "/api/v1/runs/" + id + "/report.html")) {
                tab.show(dashboard.url() + path);
                assertThat(tab.evaluate("typeof window.pwned")).as(path).isEqualTo("undefined");
                screenshot(tab, path.replaceAll("[^a-z.]+", "-"));
            }
            assertThat(tab.evaluate("document.querySelectorAll('svg').length")).isEqualTo("2");
            assertThat(tab.evaluate("getComputedStyle(document.querySelector('.badge.fail')).backgroundColor"))
                    .as("its style is allowed")
                    .isEqualTo("rgb(163, 22, 27)");
            assertThat(tab.complaints()).isEmpty();
            assertThat(tab.requests())
                    .allMatch(url -> url.startsWith(dashboard.url() + "/") || url.equals("about:blank"));
        }
    }

    /** For people to look at. */
    private static void screenshot(Browser.Tab tab, String name) throws IOException {
        String picture = tab.command("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .path("data")
                .asString();
        Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(
                Path.of("target", "screenshots", "runs" + name + ".png"),
                Base64.getDecoder().decode(picture));
    }
}
