package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More senders at once than there is room for: they are sent away for a while, and in the end every call is there once. */
class OverloadIT {
    private static final int AGENTS = 40;
    private static final int WINDOWS = 10;
    private static final Map<String, String> ROUTE = Map.of("http.request.method", "GET", "http.route", "/pets");

    @TempDir
    Path directory;

    @Test
    void answers429WithTimesToComeBackAndLosesNothing() throws Exception {
        AtomicInteger sentAway = new AtomicInteger();
        ExecutorService senders = Executors.newFixedThreadPool(AGENTS);
        long end = System.currentTimeMillis() / 5_000 * 5_000;
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.ingest.max-waiting=2KB")) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < AGENTS; i++) {
                AgentSender agent = new AgentSender("shop").endingAt(Instant.ofEpochMilli(end - 60_000));
                work.add(() -> deliver(agent, dashboard, sentAway));
            }
            for (Future<Integer> done : senders.invokeAll(work)) {
                assertThat(done.get()).isEqualTo(WINDOWS);
            }
            assertThat(sentAway).as("the bound was reached").hasPositiveValue();
            dashboard
                    .client()
                    .get()
                    .uri("/api/v1/routes?service=shop&to=" + end)
                    .exchange()
                    .expectBody()
                    .jsonPath("$.items[0].count")
                    .isEqualTo(2 * AGENTS * WINDOWS);
        } finally {
            senders.shutdownNow();
        }
    }

    private static int deliver(AgentSender agent, StartedDashboard dashboard, AtomicInteger sentAway) {
        int stored = 0;
        while (stored < WINDOWS) {
            AgentSender.Numbered window = agent.duration(Metric.HTTP_SERVER_DURATION, ROUTE, 0.01, 0.02)
                    .next();
            HttpResponse<byte[]> answer = window.post(dashboard);
            while (answer.statusCode() == 429) {
                sentAway.incrementAndGet();
                assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                        .isBetween(1L, 3L);
                answer = window.post(dashboard);
            }
            assertThat(answer.statusCode()).isEqualTo(200);
            stored++;
        }
        return stored;
    }
}
