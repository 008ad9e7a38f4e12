package dev.headroom.dashboard.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.AgentSender;
import dev.headroom.dashboard.StartedDashboard;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Examples from the wire to the API and the pages. */
class ExamplesIT {
    private static final String PETS = "SELECT id, name FROM pets WHERE owner_id = ?";

    @TempDir
    Path directory;

    private static JsonNode json(StartedDashboard dashboard, String path) {
        byte[] body = dashboard
                .client()
                .get()
                .uri(path)
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return JsonMapper.builder().build().readTree(body);
    }

    private static String page(StartedDashboard dashboard, String path) {
        return dashboard
                .client()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    private static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.path("items").forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }

    /** A service is known by its metrics. */
    private static void report(StartedDashboard dashboard) {
        new AgentSender("shop")
                .duration(
                        Metric.HTTP_SERVER_DURATION,
                        Map.of("http.request.method", "GET", "http.route", "/owners/{id}"),
                        0.1)
                .send(dashboard);
    }

    private static void send(
            StartedDashboard dashboard,
            ExampleSender sender,
            Instant at,
            String id,
            String reason,
            String route,
            String prints,
            long nanos)
            throws Exception {
        Map<String, String> attributes = ExampleSender.attributes(id, reason, route, prints);
        attributes.put("headroom.duration.ns", String.valueOf(nanos));
        String body = ExampleSender.body(id, reason, route, ExampleSender.sql(PETS, "abc", 37, 60_000_000));
        assertThat(sender.send(dashboard, at, attributes, body)).isEqualTo(200);
    }

    @Test
    void findsExamplesByRouteStatementReasonAndTime() throws Exception {
        Instant now = Instant.now();
        ExampleSender sender = new ExampleSender("shop");
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            report(dashboard);
            send(dashboard, sender, now.minusSeconds(3600), "000000000000000a", "slow", "/owners/{id}", "abc,def", 9);
            send(dashboard, sender, now.minusSeconds(20), "000000000000000b", "normal", "/owners/{id}", "abc", 5);
            send(dashboard, sender, now.minusSeconds(10), "000000000000000c", "failed", "/pets", "", 7);
        }
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            String all = "/api/v1/examples?service=shop";
            assertThat(ids(json(dashboard, all)))
                    .containsExactly("000000000000000c", "000000000000000b", "000000000000000a");
            assertThat(ids(json(dashboard, all + "&order=slowest")))
                    .containsExactly("000000000000000a", "000000000000000c", "000000000000000b");
            assertThat(ids(json(dashboard, all + "&limit=1"))).containsExactly("000000000000000c");
            assertThat(ids(json(dashboard, all + "&route=GET /pets"))).containsExactly("000000000000000c");
            assertThat(ids(json(dashboard, all + "&route=/pets"))).containsExactly("000000000000000c");
            assertThat(ids(json(dashboard, all + "&route=POST /pets"))).isEmpty();
            assertThat(ids(json(dashboard, all + "&fingerprint=def"))).containsExactly("000000000000000a");
            assertThat(ids(json(dashboard, all + "&fingerprint=abc")))
                    .containsExactly("000000000000000b", "000000000000000a");
            assertThat(ids(json(dashboard, all + "&reason=failed"))).containsExactly("000000000000000c");
            assertThat(ids(json(dashboard, all + "&from=-10m")))
                    .containsExactly("000000000000000c", "000000000000000b");
        }
    }

    @Test
    void tellsEverythingOfOne() throws Exception {
        ExampleSender sender = new ExampleSender("shop");
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            report(dashboard);
            send(dashboard, sender, Instant.now(), "00000000000000ab", "repeated", "/owners/{id}", "abc", 100_000_000);

            JsonNode example = json(dashboard, "/api/v1/examples/00000000000000ab");
            assertThat(example.path("route").asString()).isEqualTo("/owners/{id}");
            assertThat(example.path("durationMs").asDouble()).isEqualTo(100);
            assertThat(example.path("split").path("dbMs").asDouble()).isEqualTo(60);
            assertThat(example.path("callsLeftOut").asLong()).isEqualTo(2);
            JsonNode call = example.path("calls").path(0);
            assertThat(call.path("count").asLong()).isEqualTo(37);
            assertThat(call.path("startMs").asDouble()).isEqualTo(10);
            assertThat(call.path("caller").asString()).isEqualTo("PetService.find(PetService.java:41)");
            assertThat(json(dashboard, "/api/v1/examples?service=shop")
                            .path("items")
                            .path(0)
                            .path("calls")
                            .asLong())
                    .isEqualTo(39);

            assertThat(page(dashboard, "/examples/00000000000000ab"))
                    .contains("GET /owners/{id}", PETS, "× 37", "60 ms", "PetService.find(PetService.java:41)")
                    .contains("x=\"10.000%\"", "width=\"60.000%\"")
                    .contains("href=\"/api/v1/examples/00000000000000ab\"");
            assertThat(page(dashboard, "/examples?service=shop")).contains("/examples/00000000000000ab", "repeated");
            assertThat(page(dashboard, "/examples?service=shop&route=GET+%2Fother"))
                    .contains("No example of this is kept")
                    .doesNotContain("/examples/00000000000000ab");
            assertThat(page(dashboard, "/examples/00000000000000cd")).contains("No example of the id");
        }
    }

    @Test
    void takesWhatIsNoExampleForWhatItIs() throws Exception {
        ExampleSender sender = new ExampleSender("shop");
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            report(dashboard);
            Map<String, String> attributes = ExampleSender.attributes("x", "slow", "/pets", "");
            attributes.put("headroom.duration.ns", "99999999999999999999");
            assertThat(sender.send(dashboard, Instant.now(), attributes, "{\"calls\":[1,{\"count\":\"many\"}],"))
                    .isEqualTo(200);
            attributes.put("headroom.example.id", "y");
            assertThat(sender.send(
                            dashboard,
                            Instant.now(),
                            attributes,
                            "{\"calls\":[1,{\"count\":-3,\"durationNanos\":\"x\"}],\"status\":7,\"split\":[]}"))
                    .isEqualTo(200);

            assertThat(json(dashboard, "/api/v1/examples/x").path("problem").asString())
                    .contains("no JSON");
            JsonNode odd = json(dashboard, "/api/v1/examples/y");
            assertThat(odd.path("calls")).hasSize(2);
            assertThat(odd.path("calls").path(1).path("count").asLong()).isEqualTo(1);
            assertThat(odd.path("status").isNull()).isTrue();
            assertThat(page(dashboard, "/examples/x")).contains("no JSON");
            assertThat(page(dashboard, "/examples/y")).contains("not known");
        }
    }

    @Test
    void refusesWhatItCannotAnswer() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            report(dashboard);
            for (String wrong : List.of("limit=0", "limit=1001", "limit=x", "reason=odd", "order=odd", "from=odd")) {
                dashboard
                        .client()
                        .get()
                        .uri("/api/v1/examples?service=shop&" + wrong)
                        .exchange()
                        .expectStatus()
                        .isBadRequest()
                        .expectBody()
                        .jsonPath("$.expected")
                        .isNotEmpty();
            }
            dashboard
                    .client()
                    .get()
                    .uri("/api/v1/examples/0123456789abcdef")
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.hint")
                    .isNotEmpty();
        }
    }
}
