package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

/** Orders from whoever gives them to the agent that asks. */
class OrdersIT {
    private static final String ORDERS = "/api/v1/orders?service=shop";
    private static final String SHEET = "/api/v1/agent/orders?service=shop&instance=";

    @TempDir
    static Path shared;

    /** For what changes nothing. */
    private static StartedDashboard refusing;

    @TempDir
    Path directory;

    private final AgentSender agent = new AgentSender("shop");

    @BeforeAll
    static void start() {
        refusing = StartedDashboard.on(shared);
        new OrdersIT().reports(refusing);
    }

    @AfterAll
    static void stop() {
        refusing.close();
    }

    @Test
    void anOrderReachesTheAgentWithTheNextAnswerAndOutlivesTheDashboard() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            String before = reports(dashboard);
            put(dashboard.client(), ORDERS, """
                            {"detail":"no-patterns","hooksOff":["jedis"],"options":{"slow.sql.ms":200}}""")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.detail")
                    .isEqualTo("no-patterns")
                    .jsonPath("$.hooksOff[0]")
                    .isEqualTo("jedis");
            String version = reports(dashboard);
            assertThat(version).isNotEqualTo(before);
            assertThat(text(dashboard, SHEET + agent.instance()))
                    .startsWith("version " + version + "\n")
                    .endsWith("detail no-patterns\noff jedis\noption slow.sql.ms 200.0\n");
        }
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            assertThat(text(dashboard, SHEET + agent.instance())).contains("off jedis\n");
            dashboard.client().delete().uri(ORDERS).exchange().expectStatus().isNoContent();
            assertThat(text(dashboard, SHEET + agent.instance())).doesNotContain("\noff ");
            dashboard.client().delete().uri(ORDERS).exchange().expectStatus().isNotFound();
        }
    }

    @Test
    void anInstancesOwnOrderHoldsInPlaceOfItsServices() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            reports(dashboard);
            put(dashboard.client(), ORDERS, "{\"hooksOff\":[\"jedis\"]}")
                    .expectStatus()
                    .isOk();
            put(dashboard.client(), ORDERS + "&instance=" + agent.instance(), "{\"detail\":\"off\"}")
                    .expectStatus()
                    .isOk();
            assertThat(text(dashboard, SHEET + agent.instance()))
                    .contains("detail off\n")
                    .doesNotContain("jedis");
            assertThat(text(dashboard, SHEET + "another")).contains("off jedis\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 | service=shop | {\"detail\":\"some\"} | Unknown detail | some",
                "400 | service=shop | {\"hooksOff\":[\"jdbcc\"]} | Unknown hook | jdbcc",
                "400 | service=shop | {\"hooksOff\":\"jdbc\"} | hooksOff is no list | \"jdbc\"",
                "400 | service=shop | {\"options\":{\"a\":\"b\"}} | Option a is no number | \"b\"",
                "400 | service=shop | {\"options\":{\"A b\":1}} | Wrong name of an option | A b",
                "400 | service=shop | {\"hooks\":[]} | Unknown field | hooks",
                "400 | service=shop | [] | The body is no JSON object | []",
                "404 | service=shup | {} | Unknown service | shup",
                "404 | service=shop&instance=7 | {} | Unknown instance | 7"
            })
    void saysWhatIsWrongWithAnOrder(int status, String target, String body, String error, String found) {
        put(refusing.client(), "/api/v1/orders?" + target, body)
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.error")
                .isEqualTo(error)
                .jsonPath("$.found")
                .isEqualTo(found)
                .jsonPath("$.expected")
                .isNotEmpty();
        assertThat(text(refusing, "/api/v1/orders")).isEqualTo("{\"items\":[]}");
    }

    @Test
    void thePageGivesOrdersAndShowsWhoHasNotObeyed() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            reports(dashboard);
            form(dashboard, "give", "slow.sql.ms is 200")
                    .expectStatus()
                    .isBadRequest()
                    .expectBody(String.class)
                    .value(page -> assertThat(page).contains("An option is not understood", "slow.sql.ms is 200"));
            form(dashboard, "give", "slow.sql.ms = 200").expectStatus().isSeeOther();
            assertThat(text(dashboard, SHEET + agent.instance())).contains("detail counts-only\noff jdbc\n");
            assertThat(page(dashboard)).contains("counts only; off: jdbc; slow.sql.ms = 200: not yet obeyed");
            says(1, 0);
            agent.gauge(Metric.AGENT_OPTION, Map.of("headroom.option", "slow.sql.ms"), 200);
            assertThat(agent.send(dashboard).statusCode()).isEqualTo(200);
            assertThat(page(dashboard)).doesNotContain("not yet obeyed");
            form(dashboard, "withdraw", "").expectStatus().isSeeOther();
            assertThat(page(dashboard)).contains("everything: not yet obeyed");
        }
    }

    private static WebTestClient.ResponseSpec form(StartedDashboard dashboard, String action, String options) {
        return dashboard
                .client()
                .post()
                .uri("/instances/orders?service=shop")
                .body(BodyInserters.fromFormData("service", "shop")
                        .with("instance", "")
                        .with("detail", "counts-only")
                        .with("off", "jdbc")
                        .with("options", options)
                        .with("do", action))
                .exchange();
    }

    private static WebTestClient.ResponseSpec put(WebTestClient client, String path, String body) {
        return client.put()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    private static String page(StartedDashboard dashboard) {
        return text(dashboard, "/instances?service=shop");
    }

    private static String text(StartedDashboard dashboard, String path) {
        return dashboard
                .client()
                .get()
                .uri(path)
                .accept(MediaType.TEXT_HTML, MediaType.TEXT_PLAIN, MediaType.APPLICATION_JSON)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }

    /** The agent reports with everything on and is told this version. */
    private String reports(StartedDashboard dashboard) {
        says(4, 1);
        HttpResponse<byte[]> answer = agent.send(dashboard);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("Headroom-Orders").orElse("none");
    }

    private void says(int level, int jdbc) {
        agent.gauge(Metric.AGENT_DETAIL, Map.of("headroom.detail.by", "effective"), level);
        agent.gauge(Metric.AGENT_DETAIL, Map.of("headroom.detail.by", "dashboard"), level);
        agent.gauge(Metric.AGENT_DETAIL, Map.of("headroom.detail.by", "governor"), 4);
        agent.gauge(Metric.AGENT_HOOK, Map.of("headroom.hook", "jdbc"), jdbc);
        agent.gauge(Metric.AGENT_HOOK, Map.of("headroom.hook", "jedis"), 1);
    }
}
