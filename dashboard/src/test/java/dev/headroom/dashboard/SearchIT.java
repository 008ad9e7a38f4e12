package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.access.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /api/v1/search} over three services, one of them with more routes than are listed. */
class SearchIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MASTER = "master-secret";
    private static final String STATEMENT = "select * from pets where owner = ?";
    private static final int MOST = 200;
    private static final int MORE = 3;

    @TempDir
    static Path directory;

    private static StartedDashboard dashboard;

    @BeforeAll
    static void start() {
        dashboard = StartedDashboard.on(directory, "--headroom.token=" + MASTER);
        AgentSender shop = new AgentSender("pet-shop");
        shop.duration(Metric.HTTP_SERVER_DURATION, route("GET", "/pets/{id}"), 0.010, 0.030);
        shop.duration(Metric.HTTP_SERVER_DURATION, route("POST", "/Pets"), 0.200);
        shop.duration(Metric.HTTP_SERVER_DURATION, route("GET", "/orders"), 0.010);
        shop.duration(
                Metric.DB_DURATION,
                Map.of(
                        Attribute.DB_SYSTEM.key(), "postgresql",
                        Attribute.DB_QUERY.key(), STATEMENT,
                        Attribute.DB_FINGERPRINT.key(), "00000000deadbeef"),
                0.005);
        shop.duration(
                Metric.DB_DURATION,
                Map.of(
                        Attribute.DB_SYSTEM.key(), "redis",
                        Attribute.DB_OPERATION.key(), "GET",
                        Attribute.DB_KEY_PATTERN.key(), "pet:{id}"),
                0.001);
        shop.duration(Metric.POOL_WAIT, Map.of(Attribute.POOL_NAME.key(), "pets-pool"), 0.001);
        shop.duration(
                Metric.HTTP_CLIENT_DURATION,
                Map.of(
                        Attribute.HTTP_METHOD.key(), "GET",
                        Attribute.SERVER_ADDRESS.key(), "pets.example",
                        Attribute.SERVER_PORT.key(), "443",
                        Attribute.HTTP_STATUS.key(), "200"),
                0.050);
        send(shop);
        AgentSender billing = new AgentSender("billing");
        billing.duration(Metric.HTTP_SERVER_DURATION, route("GET", "/pets/{id}/invoices"), 0.020);
        send(billing);
        AgentSender wide = new AgentSender("wide");
        for (int i = 0; i < MOST + MORE; i++) {
            wide.duration(Metric.HTTP_SERVER_DURATION, route("GET", "/many/" + i), 0.001);
        }
        send(wide);
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @Test
    void findsEachKindInItsOrderAndTheMostTimeFirst() {
        JsonNode result = search("pet");
        assertThat(result.propertyNames()).containsExactlyInAnyOrder("question", "hits", "left", "servicesLeft");
        assertThat(result.path("question").asString()).isEqualTo("pet");
        assertThat(result.path("left").asInt()).isZero();
        assertThat(result.path("servicesLeft").asInt()).isZero();
        assertThat(hits(result))
                .containsExactly(
                        "SERVICE pet-shop pet-shop",
                        "ROUTE pet-shop POST /Pets",
                        "ROUTE pet-shop GET /pets/{id}",
                        "ROUTE billing GET /pets/{id}/invoices",
                        "STATEMENT pet-shop " + STATEMENT,
                        "CACHE pet-shop pet:{id}",
                        "POOL pet-shop pets-pool",
                        "PEER pet-shop pets.example:443");
        for (JsonNode hit : result.path("hits")) {
            assertThat(hit.propertyNames())
                    .containsExactlyInAnyOrder("kind", "service", "name", "id", "totalMs", "ratePerSecond");
        }
        JsonNode slowest = result.path("hits").path(1);
        assertThat(slowest.path("totalMs").asDouble()).isBetween(198.0, 202.0);
        assertThat(slowest.path("ratePerSecond").asDouble()).isPositive();
        assertThat(result.path("hits").path(0).path("totalMs").isNull()).isTrue();
    }

    @Test
    void aFingerprintReadElsewhereFindsItsStatement() {
        JsonNode result = search("DEADBEEF");
        assertThat(hits(result)).containsExactly("STATEMENT pet-shop " + STATEMENT);
        assertThat(result.path("hits").path(0).path("id").asString()).isEqualTo("00000000deadbeef");
    }

    @Test
    void everyWordMustBeThereWhereverItStands() {
        assertThat(hits(search("  id}  get  /PETS "))).hasSize(2).allMatch(hit -> hit.contains("GET /pets/{id}"));
        assertThat(hits(search("pets nowhere"))).isEmpty();
    }

    @Test
    void nothingIsFoundForNothing() {
        for (String question : List.of("", " \t ")) {
            JsonNode result = search(question);
            assertThat(result.path("question").asString()).isEmpty();
            assertThat(result.path("hits").isArray()).isTrue();
            assertThat(hits(result)).isEmpty();
        }
        get(MASTER, "/api/v1/search")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.hits")
                .isEmpty();
    }

    @Test
    void hostileWordsAreTakenAsWrittenAndGivenBackCut() {
        String emoji = "\uD83D\uDE00";
        List<String> questions = List.of(
                "<script>alert(1)</script>",
                "' or 1=1 --",
                "%",
                ".*",
                "[",
                "\\",
                "\u202Epets",
                "pets\u0000",
                emoji,
                "x".repeat(3_000),
                "x".repeat(MOST - 1) + emoji);
        for (String question : questions) {
            JsonNode result = search(question);
            assertThat(hits(result)).as(question).isEmpty();
            assertThat(question).startsWith(result.path("question").asString());
            assertThat(result.path("question").asString()).hasSizeLessThanOrEqualTo(MOST);
        }
    }

    @Test
    void listsSoManyOfAKindAndCountsTheRest() {
        JsonNode result = search("/many/");
        assertThat(hits(result)).hasSize(MOST).allMatch(hit -> hit.startsWith("ROUTE wide GET /many/"));
        assertThat(result.path("left").asInt()).isEqualTo(MORE);
    }

    @Test
    void aServiceNarrowsItAndAnUnknownOneIsRefused() {
        assertThat(hits(search("pets", "billing"))).containsExactly("ROUTE billing GET /pets/{id}/invoices");
        get(MASTER, "/api/v1/search?q=pets&service=no-such")
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.error")
                .isEqualTo("Unknown service");
    }

    @Test
    void onlyWhatRanInTheTimeAskedForIsFound() {
        String address = "/api/v1/search?q=pets&from=2020-01-01T00:00:00Z&to=2020-01-01T01:00:00Z";
        get(MASTER, address)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.hits[?(@.kind != 'SERVICE')]")
                .isEmpty();
        get(MASTER, "/api/v1/search?q=pets&from=yesterday").expectStatus().isBadRequest();
    }

    @Test
    void whoMayReadMaySearchAndNobodyElse() {
        Tokens tokens = dashboard.bean(Tokens.class);
        String address = "/api/v1/search?q=pets";
        dashboard.client().get().uri(address).exchange().expectStatus().isUnauthorized();
        get("wrong", address).expectStatus().isUnauthorized();
        get(tokens.create("ingest", "pet-shop", "", "test").text(), address)
                .expectStatus()
                .isForbidden();
        get(tokens.create("read", null, "", "test").text(), address)
                .expectStatus()
                .isOk();
    }

    private static Map<String, String> route(String method, String path) {
        return Map.of(
                Attribute.HTTP_METHOD.key(), method,
                Attribute.HTTP_ROUTE.key(), path,
                Attribute.HTTP_STATUS.key(), "200");
    }

    private static void send(AgentSender agent) {
        assertThat(agent.next().post(dashboard, MASTER).statusCode()).isEqualTo(200);
    }

    private static JsonNode search(String question) {
        return search(question, "");
    }

    private static JsonNode search(String question, String service) {
        return JSON.readTree(dashboard
                .client(MASTER)
                .get()
                .uri(builder -> builder.path("/api/v1/search")
                        .queryParam("q", "{q}")
                        .queryParam("service", "{service}")
                        .build(question, service))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private static WebTestClient.ResponseSpec get(String token, String address) {
        return dashboard.client(token).get().uri(address).exchange();
    }

    /** Kind, service and name of each. */
    private static List<String> hits(JsonNode result) {
        List<String> hits = new ArrayList<>();
        for (JsonNode hit : result.path("hits")) {
            hits.add(hit.path("kind").asString() + " " + hit.path("service").asString() + " "
                    + hit.path("name").asString());
        }
        return hits;
    }
}
