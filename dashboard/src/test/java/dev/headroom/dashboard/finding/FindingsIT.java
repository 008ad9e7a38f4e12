package dev.headroom.dashboard.finding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.AgentSender;
import dev.headroom.dashboard.StartedDashboard;
import dev.headroom.dashboard.example.ExampleSender;
import dev.headroom.dashboard.store.SettingStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From what agents send to the API and the page of advice. */
class FindingsIT {
    private static final String PETS = "SELECT id, name FROM pets WHERE owner_id = ?";

    @TempDir
    Path directory;

    private static double[] times(int times, double value) {
        double[] all = new double[times];
        Arrays.fill(all, value);
        return all;
    }

    private static void report(StartedDashboard dashboard) {
        AgentSender agent = new AgentSender("shop")
                .endingAt(Instant.ofEpochSecond(Instant.now().minusSeconds(10).getEpochSecond() / 5 * 5));
        Map<String, String> owners = Map.of("http.request.method", "GET", "http.route", "/owners/{id}");
        Map<String, String> fixed = Map.of("http.request.method", "GET", "http.route", "/fixed/{id}");
        Map<String, String> pets = Map.of(
                "db.system.name",
                "h2",
                "db.operation.name",
                "SELECT",
                "db.query.text",
                PETS,
                "headroom.query.fingerprint",
                "abc");
        agent.duration(Metric.HTTP_SERVER_DURATION, owners, times(30, 0.1))
                .duration(Metric.HTTP_SERVER_DURATION, fixed, times(30, 0.01))
                .duration(Metric.REQUEST_DB_REPEATED, owners, times(30, 37))
                .duration(Metric.REQUEST_DB_REPEATED, fixed, times(30, 1))
                .duration(Metric.DB_DURATION, pets, times(1_140, 0.001))
                .send(dashboard);
    }

    private static byte[] get(StartedDashboard dashboard, String path) {
        return dashboard
                .client()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
    }

    private static JsonNode findings(StartedDashboard dashboard) {
        return JsonMapper.builder()
                .build()
                .readTree(get(dashboard, "/api/v1/findings?service=shop"))
                .path("items");
    }

    private static void send(
            StartedDashboard dashboard, ExampleSender sender, String id, String reason, String route, int runs)
            throws Exception {
        assertThat(sender.send(
                        dashboard,
                        Instant.now().minusSeconds(8),
                        ExampleSender.attributes(id, reason, route, "abc"),
                        ExampleSender.body(id, reason, route, ExampleSender.sql(PETS, "abc", runs, runs * 1_000_000L))))
                .isEqualTo(200);
    }

    @Test
    void namesTheStatementItsCallerAndItsPriceAndKeepsThem() throws Exception {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            report(dashboard);
            ExampleSender sender = new ExampleSender("shop");
            send(dashboard, sender, "00000000000000a1", "repeated", "/owners/{id}", 37);
            send(dashboard, sender, "00000000000000a2", "normal", "/fixed/{id}", 1);

            JsonNode items = findings(dashboard);
            assertThat(items).hasSize(1);
            JsonNode one = items.path(0);
            assertThat(one.path("kind").asString()).isEqualTo("n-plus-one");
            assertThat(one.path("subject").asString()).isEqualTo(PETS);
            assertThat(one.path("route").asString()).isEqualTo("GET /owners/{id}");
            assertThat(one.path("caller").asString()).isEqualTo("PetService.find(PetService.java:41)");
            assertThat(one.path("evidence").path(0).asString()).isEqualTo("00000000000000a1");
            assertThat(one.path("savingMsPerMinute").asDouble()).isPositive();
            assertThat(one.path("status").asString()).isEqualTo("open");
            assertThat(one.path("fix").asString()).isNotEmpty();

            assertThat(new String(get(dashboard, "/advice?service=shop"), UTF_8))
                    .contains("N+1", PETS, "PetService.find(PetService.java:41)", "/examples/00000000000000a1")
                    .contains("30 of 30 requests");
            assertThat(new String(get(dashboard, "/advice?service=shop&status=gone"), UTF_8))
                    .doesNotContain(PETS);
        }
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            JsonNode kept = findings(dashboard);
            assertThat(kept).hasSize(1);
            assertThat(kept.path(0).path("caller").asString()).isEqualTo("PetService.find(PetService.java:41)");
        }
    }

    @Test
    void checksAgainByItselfAndTellsWhatImprovedAndWhatIsGone() throws Exception {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            report(dashboard);
            ExampleSender sender = new ExampleSender("shop");
            send(dashboard, sender, "00000000000000a1", "repeated", "/owners/{id}", 37);
            send(dashboard, sender, "00000000000000a2", "normal", "/fixed/{id}", 1);
            assertThat(findings(dashboard)).hasSize(1);
            // As a check of another hour left them: one was ten times as bad, and one was of the route that is repaired
            // by now.
            SettingStore settings = dashboard.bean(SettingStore.class);
            Map.Entry<String, String> kept =
                    settings.settings("finding").entrySet().iterator().next();
            double worst = JsonMapper.builder()
                    .build()
                    .readTree(kept.getValue())
                    .path("worst")
                    .asDouble();
            settings.put(
                    "finding",
                    kept.getKey(),
                    kept.getValue().replaceFirst("\"worst\":[^,}]*", "\"worst\":" + 10 * worst));
            settings.put(
                    "finding",
                    kept.getKey().replace("/owners/{id}", "/fixed/{id}"),
                    kept.getValue().replace("/owners/{id}", "/fixed/{id}"));
        }
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            JsonNode items = findings(dashboard);
            assertThat(items).hasSize(2);
            assertThat(items.path(0).path("route").asString()).isEqualTo("GET /owners/{id}");
            assertThat(items.path(0).path("status").asString()).isEqualTo("improved");
            assertThat(items.path(1).path("route").asString()).isEqualTo("GET /fixed/{id}");
            assertThat(items.path(1).path("status").asString()).isEqualTo("gone");
            assertThat(new String(get(dashboard, "/advice?service=shop&status=gone"), UTF_8))
                    .contains("GET /fixed/{id}")
                    .doesNotContain("GET /owners/{id}");
            assertThat(new String(get(dashboard, "/advice?service=shop&status=improved"), UTF_8))
                    .contains("GET /owners/{id}")
                    .doesNotContain("GET /fixed/{id}");
        }
    }

    @Test
    void refusesAServiceThatNobodyKnows() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            report(dashboard);
            dashboard
                    .client()
                    .get()
                    .uri("/api/v1/findings?service=other")
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.expected")
                    .isNotEmpty();
        }
    }
}
