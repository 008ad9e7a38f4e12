package dev.headroom.dashboard.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.AgentSender;
import dev.headroom.dashboard.StartedDashboard;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Did it help: from windows and an epoch to the API and the page. */
class CompareIT {
    private static final Map<String, String> PETS = Map.of("http.request.method", "GET", "http.route", "/pets");
    private static final Map<String, String> SAME = Map.of("http.request.method", "GET", "http.route", "/same");
    private static final Map<String, String> WORSE = Map.of("http.request.method", "GET", "http.route", "/worse");
    private static final Map<String, String> QUERY = Map.of(
            "db.system.name",
            "h2",
            "db.operation.name",
            "SELECT",
            "db.query.text",
            "SELECT id FROM pets",
            "headroom.query.fingerprint",
            "abc");

    @TempDir
    Path directory;

    private final AgentSender agent = new AgentSender("shop");
    private final Instant change =
            Instant.ofEpochSecond(Instant.now().minusSeconds(60).getEpochSecond() / 10 * 10);

    private static double[] times(int times, double value) {
        double[] all = new double[times];
        Arrays.fill(all, value);
        return all;
    }

    private void window(StartedDashboard dashboard, Instant end, double pets, double worse, double statements) {
        agent.endingAt(end)
                .duration(Metric.HTTP_SERVER_DURATION, PETS, times(40, pets))
                .duration(Metric.HTTP_SERVER_DURATION, SAME, times(40, 0.02))
                .duration(Metric.HTTP_SERVER_DURATION, WORSE, times(40, worse))
                .duration(Metric.REQUEST_DB_CALLS, PETS, times(40, statements))
                .duration(Metric.DB_DURATION, QUERY, times(10, pets))
                .send(dashboard);
    }

    private static byte[] get(StartedDashboard dashboard, String path, int status) {
        return dashboard
                .client()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .returnResult()
                .getResponseBody();
    }

    private static JsonNode json(byte[] body) {
        return JsonMapper.builder().build().readTree(body);
    }

    private static JsonNode route(JsonNode comparison, String name) {
        for (JsonNode row : comparison.path("routes")) {
            if (row.path("name").asString().equals(name)) {
                return row;
            }
        }
        throw new AssertionError("no " + name + " in " + comparison);
    }

    private void tell(StartedDashboard dashboard, String name, Instant at) {
        dashboard
                .client()
                .post()
                .uri("/api/v1/epochs")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(
                        "{\"service\":\"shop\",\"kind\":\"deploy\",\"name\":\"%s\",\"at\":\"%s\"}".formatted(name, at))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    @Test
    void tellsWhatGotBetterAndWhatWorseAroundAnEpoch() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            window(dashboard, change.minusSeconds(5), 0.05, 0.01, 4);
            window(dashboard, change, 0.05, 0.01, 4);
            window(dashboard, change.plusSeconds(5), 0.005, 0.1, 1);
            window(dashboard, change.plusSeconds(10), 0.005, 0.1, 1);
            assertThat(json(get(dashboard, "/api/v1/compare?service=shop", 404))
                            .path("expected")
                            .asString())
                    .contains("it has none");
            tell(dashboard, "1.4", change);

            JsonNode found = json(get(dashboard, "/api/v1/compare?service=shop&epoch=1.4", 200));
            assertThat(found.path("at").asString()).isEqualTo(change.toString());
            JsonNode pets = route(found, "GET /pets");
            assertThat(pets.path("verdict").asString()).isEqualTo("better");
            assertThat(pets.path("before").path("count").asLong()).isEqualTo(80);
            assertThat(pets.path("after").path("count").asLong()).isEqualTo(80);
            assertThat(pets.path("before").path("statements").asDouble()).isEqualTo(4);
            assertThat(pets.path("after").path("statements").asDouble()).isEqualTo(1);
            assertThat(pets.path("medianChange").asDouble()).isCloseTo(-0.9, within(0.01));
            assertThat(route(found, "GET /same").path("verdict").asString()).isEqualTo("no evidence");
            assertThat(found.path("routes").path(0).path("name").asString())
                    .as("what got worse comes first")
                    .isEqualTo("GET /worse");
            assertThat(found.path("routes").path(0).path("verdict").asString()).isEqualTo("worse");
            assertThat(found.path("queries").path(0).path("name").asString()).isEqualTo("SELECT id FROM pets");
            assertThat(found.path("queries").path(0).path("verdict").asString())
                    .as("20 runs on each side tell of the median")
                    .isEqualTo("better");

            assertThat(new String(get(dashboard, "/compare?service=shop", 200), UTF_8))
                    .contains("deploy 1.4", "GET /pets", "2 better, 1 worse, 1 without evidence", "−90 %", "4 → 1");

            String ranges = "&a=%s/%s&b=%s/%s"
                    .formatted(change.plusSeconds(5), change.plusSeconds(10), change.minusSeconds(5), change);
            JsonNode back = json(get(dashboard, "/api/v1/compare?service=shop" + ranges, 200));
            assertThat(route(back, "GET /pets").path("verdict").asString()).isEqualTo("worse");
            get(dashboard, "/api/v1/compare?service=shop&a=yesterday&b=now", 400);
        }
    }

    @Test
    void aSideEndsWhereAnotherEpochBegins() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            window(dashboard, change.minusSeconds(20), 9, 0.01, 4);
            window(dashboard, change, 0.05, 0.01, 4);
            window(dashboard, change.plusSeconds(10), 0.05, 0.01, 4);
            tell(dashboard, "1.3", change.minusSeconds(10));
            tell(dashboard, "1.4", change);
            JsonNode pets = route(json(get(dashboard, "/api/v1/compare?service=shop&epoch=1.4", 200)), "GET /pets");
            assertThat(pets.path("before").path("count").asLong()).isEqualTo(40);
            assertThat(pets.path("verdict").asString()).isEqualTo("no evidence");
        }
    }
}
