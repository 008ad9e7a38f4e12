package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.EventStore;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.otlp.ProtoWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How windows and examples come, over HTTP: told beside them, kept with their numbers, shown. */
class DeliveryIT {
    private static final Map<String, String> ROUTE = Map.of("http.request.method", "GET", "http.route", "/pets");

    @TempDir
    Path directory;

    @Test
    void tellsWhatCameWhatCameLateAndWhatNeverCame() {
        AgentSender agent = new AgentSender("shop").endingAt(now().minusSeconds(60));
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            Instant begin = Instant.ofEpochMilli(agent.endMillis() - AgentSender.WINDOW_MILLIS);
            send(dashboard, agent, 0, 1, false);
            agent.sum(Metric.DB_ROWS, Map.of(), 1).next();
            send(dashboard, agent, 40, 3, false);
            HttpResponse<byte[]> answer = send(dashboard, agent, 0, 1, true);
            assertThat(answer.headers().firstValue("Headroom-Ack")).contains("4");
            assertThat(answer.headers().firstValue("Headroom-Spread")).contains("1000");
            assertThat(answer.headers().firstValue("Date")).isPresent();

            dashboard
                    .client()
                    .get()
                    .uri("/api/v1/ledger?service=shop&from=" + begin + "&to=" + begin.plusSeconds(60))
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.agents[0].state")
                    .isEqualTo("goodbye")
                    .jsonPath("$.agents[0].received")
                    .isEqualTo(3)
                    .jsonPath("$.agents[0].expected")
                    .isEqualTo(4)
                    .jsonPath("$.agents[0].gaps")
                    .isEqualTo(1)
                    .jsonPath("$.agents[0].merged")
                    .isEqualTo(2)
                    .jsonPath("$.agents[0].missing[0].from")
                    .isEqualTo(begin.plusSeconds(5).toString())
                    .jsonPath("$.agents[0].missing[0].to")
                    .isEqualTo(begin.plusSeconds(10).toString())
                    .jsonPath("$.slices[0].state")
                    .isEqualTo("complete")
                    .jsonPath("$.slices[1].state")
                    .isEqualTo("missing")
                    .jsonPath("$.slices[2].state")
                    .isEqualTo("late")
                    .jsonPath("$.slices[3].state")
                    .isEqualTo("complete")
                    .jsonPath("$.slices[5].state")
                    .isEqualTo("no-agent");
            String page = text(dashboard, "/services/shop?from=" + begin + "&to=" + begin.plusSeconds(60));
            assertThat(page).contains("class=\"missing\"", "class=\"late\"", "missing in 1 (5 s)");
            assertThat(text(dashboard, "/instances?service=shop")).contains("3 of 4", "○ ended");
        }
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Instant.now().toEpochMilli() / 60_000 * 60_000);
    }

    private static HttpResponse<byte[]> send(
            StartedDashboard dashboard, AgentSender agent, long waitedSeconds, int windows, boolean last) {
        long sent = agent.endMillis() + waitedSeconds * 1_000;
        String delivery = "sent=" + sent + "; interval=5000; windows=" + windows + (last ? "; last" : "");
        HttpResponse<byte[]> answer =
                agent.duration(Metric.HTTP_SERVER_DURATION, ROUTE, 0.01).next().postTelling(dashboard, delivery);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    /** Calls that an agent counted without a clock are calls of their route, wherever calls are counted. */
    @Test
    void countsCallsThatWereNotTimed() {
        AgentSender agent = new AgentSender("shop");
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            agent.duration(Metric.HTTP_SERVER_DURATION, ROUTE, 0.010, 0.020)
                    .untimed(Metric.HTTP_SERVER_DURATION, ROUTE, 5)
                    .send(dashboard);
            agent.untimed(Metric.HTTP_SERVER_DURATION, ROUTE, 7).send(dashboard);

            dashboard
                    .client()
                    .get()
                    .uri("/api/v1/routes?service=shop&to=" + agent.endMillis())
                    .exchange()
                    .expectBody()
                    .jsonPath("$.items[0].route")
                    .isEqualTo("/pets")
                    .jsonPath("$.items[0].count")
                    .isEqualTo(14);
        }
    }

    @Test
    void keepsNumberedExamplesOnceAndRefusesOthersLogs() throws Exception {
        String instance = UUID.randomUUID().toString();
        Instant at = Instant.now();
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            byte[] first = logs(instance, at, "headroom.slow.query", "SELECT 1");
            assertThat(postLogs(dashboard, first, instance + ":l:1").headers().firstValue("Headroom-Ack"))
                    .contains("1");
            assertThat(postLogs(dashboard, first, instance + ":l:1").headers().firstValue("Headroom-Ack"))
                    .contains("1");
            assertThat(postLogs(dashboard, first, instance + ":m:2").statusCode())
                    .isEqualTo(400);
            assertThat(postLogs(dashboard, first, null).headers().firstValue("Headroom-Ack"))
                    .isEmpty();
        }
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            byte[] second = logs(instance, at.plusSeconds(1), "headroom.slow.query", "SELECT 2");
            postLogs(dashboard, second, instance + ":l:1");
            postLogs(dashboard, second, instance + ":l:2");

            EventStore events = dashboard.bean(EventStore.class);
            TimeRange range = TimeRange.upTo(at.plusSeconds(10), Duration.ofMinutes(1));
            assertThat(events.newest("shop", Set.of(), range, 10))
                    .extracting(kept -> kept.event().body())
                    .containsExactly("SELECT 2", "SELECT 1");
            assertThat(events.newest("shop", Set.of(), range, 10).get(0).event().attributes())
                    .containsEntry("db.namespace", "clinic");
            assertThat(events.newest("shop", Set.of("other"), range, 10)).isEmpty();
            assertThat(events.ledgers("shop")).singleElement().satisfies(ledger -> {
                assertThat(ledger.sequence()).isEqualTo(2);
                assertThat(ledger.duplicates()).isEqualTo(2);
                assertThat(ledger.gaps()).isZero();
            });
        }
    }

    private static byte[] logs(String instance, Instant at, String kind, String body) {
        ProtoWriter out = new ProtoWriter();
        int resourceLogs = out.begin(1);
        int resource = out.begin(1);
        attribute(out, 1, "service.name", "shop");
        attribute(out, 1, "service.instance.id", instance);
        out.end(resource);
        int scope = out.begin(2);
        int record = out.begin(2);
        out.fixed64(1, at.toEpochMilli() * 1_000_000);
        int text = out.begin(5);
        out.string(1, body);
        out.end(text);
        attribute(out, 6, "db.namespace", "clinic");
        out.string(12, kind);
        out.end(record);
        out.end(scope);
        out.end(resourceLogs);
        return out.toByteArray();
    }

    private static void attribute(ProtoWriter out, int field, String key, String value) {
        int keyValue = out.begin(field);
        out.string(1, key);
        int any = out.begin(2);
        out.string(1, value);
        out.end(any);
        out.end(keyValue);
    }

    private static HttpResponse<byte[]> postLogs(StartedDashboard dashboard, byte[] body, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(dashboard.url() + "/v1/logs"))
                .header("Content-Type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String text(StartedDashboard dashboard, String uri) {
        return dashboard
                .client()
                .get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
