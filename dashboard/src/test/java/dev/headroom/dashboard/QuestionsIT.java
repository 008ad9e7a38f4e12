package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.access.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Epochs, back-tests and suggestions over HTTP: right answers, what is wrong with a wrong question, and who may ask. */
class QuestionsIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> PETS =
            Map.of("http.request.method", "GET", "http.route", "/pets", "http.response.status_code", "200");
    private static final int WINDOWS = 120;
    private static final int CALLS = 5;
    private static final String EPOCHS = "/api/v1/epochs";
    private static final String BACK_TEST = "/api/v1/budgets/backtest";
    private static final String SUGGESTIONS = "/api/v1/budgets/suggestions";

    @TempDir
    static Path directory;

    private static StartedDashboard dashboard;
    private static Instant from;
    private static Instant to;
    private static String agent;
    private static String reader;
    private static String build;

    /** What was answered. */
    private record Answer(int status, JsonNode body) {
        String text(String field) {
            return body.path(field).asString("");
        }
    }

    /** Ten minutes of the service shop that ended a while ago: calls of 50 ms, the last two minutes 300 ms. */
    @BeforeAll
    static void start() throws Exception {
        Path budgets = Files.writeString(directory.resolve("budgets.yaml"), """
                version: 1
                defaults: { warmup: 0s }
                budgets:
                  - { id: list, signal: http, per: [service, route], measure: p95(duration), target: "< 200ms" }
                """);
        dashboard = StartedDashboard.on(
                directory.resolve("store"), "--headroom.token=master-secret", "--headroom.budgets.file=" + budgets);
        Tokens tokens = dashboard.bean(Tokens.class);
        agent = tokens.create("ingest", "shop", "", "test").text();
        reader = tokens.create("read", null, "", "test").text();
        build = tokens.create("check", null, "", "test").text();
        AgentSender shop = new AgentSender("shop");
        to = Instant.ofEpochMilli(shop.endMillis()).minusSeconds(60);
        from = to.minusSeconds(WINDOWS * 5L);
        shop.endingAt(from.plusSeconds(5));
        for (int i = 0; i < WINDOWS; i++) {
            double[] calls = new double[CALLS];
            Arrays.fill(calls, i < WINDOWS - 24 ? 0.05 : 0.3);
            assertThat(shop.duration(Metric.HTTP_SERVER_DURATION, PETS, calls)
                            .next()
                            .post(dashboard, agent)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    private static Answer ask(HttpMethod method, String token, String address, String body, Object... variables) {
        WebTestClient client = token.isEmpty() ? dashboard.client() : dashboard.client(token);
        WebTestClient.RequestBodySpec request = client.method(method).uri(address, variables);
        if (!body.isEmpty()) {
            request.header("Content-Type", "text/plain").bodyValue(body);
        }
        var answer = request.exchange().expectBody(String.class).returnResult();
        String text = answer.getResponseBody();
        return new Answer(
                answer.getStatus().value(), JSON.readTree(text == null || !text.startsWith("{") ? "{}" : text));
    }

    private static Answer get(String token, String address, Object... variables) {
        return ask(HttpMethod.GET, token, address, "", variables);
    }

    private static Answer post(String token, String address, String body, Object... variables) {
        return ask(HttpMethod.POST, token, address, body, variables);
    }

    private static String deploy(String service, String name, Instant at) {
        return "{\"service\":\"" + service + "\",\"name\":\"" + name + "\",\"at\":\"" + at + "\"}";
    }

    @Test
    void aPipelineTellsOfADeployAndEverybodyMayReadIt() {
        Instant at = Instant.parse("2026-11-20T10:15:00Z");
        Answer told = post(agent, EPOCHS, deploy("shop", "1.4.2", at));
        assertThat(told.status).isEqualTo(201);
        assertThat(told.text("kind")).isEqualTo("deploy");
        assertThat(told.text("at")).isEqualTo(at.toString());
        post(agent, EPOCHS, deploy("shop", "1.4.2", at));
        Answer migrated = post(
                "master-secret",
                EPOCHS,
                "{\"service\":\"shop\",\"kind\":\"migration\",\"name\":\"V7\",\"at\":\"2026-11-20T11:15:00+01:00\"}");
        assertThat(migrated.text("at")).isEqualTo("2026-11-20T10:15:00Z");

        Answer all = get(reader, EPOCHS + "?service=shop");
        assertThat(all.status).isEqualTo(200);
        assertThat(all.body.path("items").findValuesAsString("name")).containsExactlyInAnyOrder("1.4.2", "V7");
    }

    @Test
    void aServiceMayBeDeployedBeforeItsFirstReport() {
        assertThat(post("master-secret", EPOCHS, "{\"service\":\"new\",\"name\":\"0.1\"}").status)
                .isEqualTo(201);
        Answer all = get(reader, EPOCHS + "?service=new");
        assertThat(all.body.path("items").findValuesAsString("name")).containsExactly("0.1");
        assertThat(get(reader, EPOCHS + "?service=nobody").status).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
            nothing                                                       | The body is no JSON object | nothing
            {"service"                                                    | The body is no JSON        |
            ["shop"]                                                      | The body is no JSON object | ["shop"]
            {"service":"shop","name":"1","when":"now"}                    | Unknown field              | when
            {"name":"1"}                                                  | Wrong service              | nothing
            {"service":"shop"}                                            | Wrong name                 | nothing
            {"service":"shop","name":"a/b"}                               | Wrong name                 | a/b
            {"service":"shop","name":"1","kind":"party"}                  | Unknown kind               | party
            {"service":"shop","name":"1","at":"yesterday"}                | Wrong at                   | yesterday
            {"service":"shop","name":"1","at":"2026-11-20T10:15:00"}      | Wrong at                   | 2026-11-20T10:15:00
            {"service":"shop","name":"1","at":"2999-01-01T00:00:00Z"}     | The epoch has not come yet | 2999-01-01T00:00:00Z
            """)
    void aWrongEpochIsRefusedWithWhatIsWrong(String body, String error, String found) {
        Answer refused = post("master-secret", EPOCHS, body == null ? "" : body);
        assertThat(refused.status).isEqualTo(400);
        assertThat(refused.text("error")).isEqualTo(error);
        assertThat(refused.text("found")).contains(found == null ? "" : found);
        assertThat(refused.text("hint")).contains("{\"service\":\"shop\",\"kind\":\"deploy\"");
    }

    @Test
    void aPipelineSpeaksForItsOwnServiceOnly() {
        Answer refused = post(agent, EPOCHS, deploy("clinic", "1", from));
        assertThat(refused.status).isEqualTo(403);
        assertThat(refused.text("found")).isEqualTo("service clinic");
        assertThat(refused.text("expected")).isEqualTo("service shop");
        for (String token : List.of(reader, build)) {
            assertThat(post(token, EPOCHS, deploy("shop", "2", from)).status).isEqualTo(403);
        }
        assertThat(post("", EPOCHS, deploy("shop", "2", from)).status).isEqualTo(401);
        for (String address : List.of(EPOCHS, SUGGESTIONS, BACK_TEST + "/1")) {
            assertThat(get("", address).status).as(address).isEqualTo(401);
            assertThat(get(agent, address).status).as(address).isEqualTo(403);
        }
        for (String token : List.of(agent, build)) {
            assertThat(post(token, BACK_TEST + "?id=list&service=shop", "").status)
                    .isEqualTo(403);
        }
    }

    private static JsonNode tested(Answer begun) throws InterruptedException {
        assertThat(begun.status).as(begun.body.toString()).isEqualTo(202);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        JsonNode state = begun.body;
        while (!state.path("items").isArray() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
            state = get(reader, BACK_TEST + "/{id}", begun.text("id")).body;
        }
        assertThat(state.path("progress").asDouble()).isEqualTo(1);
        return state.path("items");
    }

    @Test
    void anEditedLimitSaysWhatItWouldHaveDone() throws Exception {
        String range = "?service=shop&from=" + from + "&to=" + to;
        JsonNode inForce = tested(post(reader, BACK_TEST + range + "&id=list", ""));
        assertThat(inForce).hasSize(1);
        JsonNode outcome = inForce.get(0).path("subjects").path("GET /pets");
        assertThat(outcome.path("failures").asInt()).isEqualTo(1);
        assertThat(outcome.path("sentence").asString()).startsWith("FAIL 1x, ");

        JsonNode looser = tested(post(reader, BACK_TEST + range + "&id=list&target={target}", "", "< 500ms"));
        assertThat(looser.get(0).path("target").asString()).isEqualTo("p95(duration) < 500ms");
        assertThat(looser.get(0)
                        .path("subjects")
                        .path("GET /pets")
                        .path("sentence")
                        .asString())
                .isEqualTo("never FAIL");

        JsonNode own = tested(post(reader, BACK_TEST + range, """
                version: 1
                budgets:
                  - { id: slow, signal: http, measure: count(duration > 200ms), target: "= 0" }
                  - { id: other, signal: db, per: [service, query], measure: p95(duration), target: "< 1s" }
                """));
        assertThat(own.findValuesAsString("budget")).containsExactly("slow", "other");
        assertThat(own.get(0).path("subjects").path("").path("failures").asInt())
                .isEqualTo(1);
        assertThat(own.get(1).path("subjects")).isEmpty();
    }

    @Test
    void whatCannotBeTestedIsRefusedWithWhatIsWrong() {
        Answer unknown = post(reader, BACK_TEST + "?service=shop&id=lists", "");
        assertThat(unknown.status).isEqualTo(400);
        assertThat(unknown.text("found")).contains("no budget \"lists\"");
        Answer limit = post(reader, BACK_TEST + "?service=shop&id=list&target={t}", "", "< 5%");
        assertThat(limit.status).isEqualTo(400);
        assertThat(limit.text("found")).contains("a duration such as 50ms");
        Answer yaml = post(reader, BACK_TEST + "?service=shop", "version: 1\nbudgets:\n  - { id: x, signal: htp }\n");
        assertThat(yaml.status).isEqualTo(400);
        assertThat(yaml.text("found")).contains("budgets.yaml:3", "htp");
        assertThat(post(reader, BACK_TEST + "?service=nobody&id=list", "").status)
                .isEqualTo(404);
        Answer swapped = post(reader, BACK_TEST + "?service=shop&id=list&from=" + to + "&to=" + from, "");
        assertThat(swapped.status).isEqualTo(400);
        assertThat(swapped.text("hint")).contains("Swap the two");
        Answer absent = get(reader, BACK_TEST + "/77");
        assertThat(absent.status).isEqualTo(404);
        assertThat(absent.text("error")).isEqualTo("Unknown back-test");
    }

    @Test
    void suggestionsAreWhatTheServiceWouldHaveKept() throws Exception {
        Answer answer = get(reader, SUGGESTIONS + "?service=shop&from=" + from + "&to=" + to);
        assertThat(answer.status).isEqualTo(200);
        JsonNode items = answer.body.path("items");
        assertThat(items).hasSize(1);
        assertThat(items.get(0).path("subject").asString()).isEqualTo("GET /pets");
        assertThat(items.get(0).path("n").asLong()).isEqualTo(WINDOWS * CALLS);
        String yaml = "version: 1\nbudgets:\n  " + items.get(0).path("yaml").asString() + "\n";
        JsonNode kept = tested(post(reader, BACK_TEST + "?service=shop&from=" + from + "&to=" + to, yaml));
        assertThat(kept.get(0).path("subjects").findValuesAsString("sentence"))
                .as("the suggested budget over the same time")
                .containsExactly("never FAIL");
        assertThat(get(reader, SUGGESTIONS + "?service=nobody").status).isEqualTo(404);
        assertThat(get(reader, SUGGESTIONS + "?service=shop&from=soon").text("error"))
                .isEqualTo("Parameter from is no time");
    }
}
