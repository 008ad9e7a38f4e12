package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Agents of what somebody looks at are asked for windows of a second, and nobody else is. */
class LiveWatchIT {
    private static final String WATCH = "/api/v1/live/watch";

    @TempDir
    Path directory;

    private final AgentSender shop = new AgentSender("shop");
    private final AgentSender billing = new AgentSender("billing");

    @Test
    void asksTheAgentsOfTheServiceThatIsLookedAt() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            assertThat(wished(dashboard, shop)).isNull();
            assertThat(wished(dashboard, billing)).isNull();
            look(dashboard, "?service=shop")
                    .jsonPath("$.windowMs")
                    .isEqualTo(1000)
                    .jsonPath("$.agents")
                    .isEqualTo(1)
                    .jsonPath("$.note")
                    .isEqualTo("Windows of 1 s from 1 JVM.");
            assertThat(wished(dashboard, shop)).isEqualTo("1000");
            assertThat(wished(dashboard, billing)).isNull();
            look(dashboard, "").jsonPath("$.agents").isEqualTo(2);
            assertThat(wished(dashboard, billing)).isEqualTo("1000");
        }
    }

    @Test
    void asksNoneWhenThereAreTooManyOrNoSuchService() {
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.live.max-agents=1")) {
            wished(dashboard, shop);
            wished(dashboard, billing);
            look(dashboard, "?service=billing").jsonPath("$.windowMs").isEqualTo(1000);
            look(dashboard, "")
                    .jsonPath("$.windowMs")
                    .isEmpty()
                    .jsonPath("$.note")
                    .isEqualTo("Windows as long as agents are set to: more than 1 JVMs are looked at"
                            + " (headroom.live.max-agents). Choose a service.");
            assertThat(wished(dashboard, shop)).isNull();
            assertThat(wished(dashboard, billing))
                    .as("who looked before goes on")
                    .isEqualTo("1000");
            dashboard
                    .client()
                    .get()
                    .uri(WATCH + "?service=shup")
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.found")
                    .isEqualTo("shup");
        }
    }

    private static WebTestClient.BodyContentSpec look(StartedDashboard dashboard, String query) {
        return dashboard
                .client()
                .get()
                .uri(WATCH + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    /** What the answer to its next window wishes. */
    private static @Nullable String wished(StartedDashboard dashboard, AgentSender agent) {
        agent.duration(
                Metric.HTTP_SERVER_DURATION, Map.of("http.request.method", "GET", "http.route", "/orders"), 0.01);
        return agent.send(dashboard).headers().firstValue("Headroom-Interval").orElse(null);
    }
}
