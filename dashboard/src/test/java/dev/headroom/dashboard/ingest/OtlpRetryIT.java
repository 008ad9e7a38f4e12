package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.StartedDashboard;
import dev.headroom.dashboard.store.MetricStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What a sender is told when the fault is ours: to come again, never 500, which senders take for final. */
class OtlpRetryIT {
    private static final String METRICS = """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"cache.gets","sum":{"aggregationTemporality":1,
            "isMonotonic":true,"dataPoints":[{"startTimeUnixNano":"%1$d","timeUnixNano":"%2$d","asInt":"1"}]}}]}]}]}
            """;
    private static final String SPANS = """
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708",
            "kind":2,"startTimeUnixNano":"%1$d","endTimeUnixNano":"%2$d",
            "attributes":[{"key":"http.request.method","value":{"stringValue":"GET"}}]}]}]}]}
            """;

    @TempDir
    Path directory;

    @Test
    void withoutAStoreEverythingIsToBeRepeatedButWhatIsWrong() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            dashboard.bean(MetricStore.class).close();
            long now = System.currentTimeMillis() * 1_000_000;
            later(dashboard, "/v1/metrics", METRICS.formatted(now - 1, now));
            later(dashboard, "/v1/traces", SPANS.formatted(now - 1, now));
            for (String wrong : new String[] {
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"xyz\"}]}]}]}",
                "[",
                "{\"a\":".repeat(5_000)
            }) {
                post(dashboard, "/v1/traces", wrong)
                        .expectStatus()
                        .isBadRequest()
                        .expectHeader()
                        .doesNotExist("Retry-After");
            }
        }
    }

    private static void later(StartedDashboard dashboard, String path, String json) {
        post(dashboard, path, json)
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueMatches("Retry-After", "[1-9][0-9]*")
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(14)
                .jsonPath("$.message")
                .value(String.class, message -> assertThat(message).isNotBlank());
    }

    private static WebTestClient.ResponseSpec post(StartedDashboard dashboard, String path, String json) {
        return dashboard
                .client()
                .post()
                .uri(path)
                .contentType(MediaType.parseMediaType("application/json;charset=utf-8"))
                .bodyValue(json)
                .exchange();
    }
}
