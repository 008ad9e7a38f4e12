package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartIT {
    private static final Map<String, String> ROUTE = Map.of("http.request.method", "GET", "http.route", "/pets");

    @TempDir
    Path directory;

    @Test
    void repeatsAfterARestartChangeNoTotal() {
        AgentSender agent = new AgentSender("shop");
        List<AgentSender.Numbered> sent = new ArrayList<>();
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            for (int i = 0; i < 10; i++) {
                AgentSender.Numbered request = agent.duration(Metric.HTTP_SERVER_DURATION, ROUTE, 0.010, 0.020)
                        .next();
                assertThat(request.post(dashboard).statusCode()).isEqualTo(200);
                sent.add(request);
            }
            assertThat(count(dashboard, agent)).isEqualTo(20);
        }
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            assertThat(count(dashboard, agent)).isEqualTo(20);
            for (AgentSender.Numbered request : sent.subList(5, 10)) {
                assertThat(request.post(dashboard).headers().firstValue("Headroom-Ack"))
                        .contains("10");
            }
            agent.duration(Metric.HTTP_SERVER_DURATION, ROUTE, 0.030).send(dashboard);
            assertThat(count(dashboard, agent)).isEqualTo(21);
        }
    }

    private static int count(StartedDashboard dashboard, AgentSender agent) {
        int[] count = new int[1];
        dashboard
                .client()
                .get()
                .uri("/api/v1/routes?service=shop&to=" + agent.endMillis())
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].count")
                .value(Integer.class, value -> count[0] = value);
        return count[0];
    }
}
