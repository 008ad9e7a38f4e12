package dev.headroom.dashboard.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.AgentSender;
import dev.headroom.dashboard.StartedDashboard;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dashboard that passes on, and receivers that take, are away, refuse, or are itself. */
class ForwardIT {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    Path folder;

    @Test
    void everythingAcceptedArrivesOnceThoughTheReceiverWasAway() throws Exception {
        int port = freePort();
        try (StartedDashboard near = StartedDashboard.on(
                folder.resolve("near"), "--headroom.forward.endpoint=http://127.0.0.1:" + port + "/")) {
            AgentSender shop = new AgentSender("shop");
            AgentSender.Numbered last = null;
            for (int i = 0; i < 20; i++) {
                last = window(shop).next();
                assertThat(last.post(near).statusCode()).isEqualTo(200);
            }
            // An agent that missed the answer: a repeat here, and nothing new for the receiver.
            assertThat(last.post(near).statusCode()).isEqualTo(200);

            try (StartedDashboard far = StartedDashboard.on(folder.resolve("far"), "--server.port=" + port)) {
                await(() -> requests(far) == 20 * 3, "60 requests in the receiver");
                window(shop).send(near);
                await(() -> requests(far) == 21 * 3, "63 requests in the receiver");
                assertThat(requests(near)).isEqualTo(21 * 3);
                assertThat(instances(far)).isEqualTo(instances(near));
            }
        }
    }

    @Test
    void whatIsNotKeptHereIsPassedOnTooAndARefusalIsNotRepeated() throws Exception {
        List<String> paths = new CopyOnWriteArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            paths.add(exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("X-Scope") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            boolean first = asked.incrementAndGet() == 1;
            exchange.getResponseHeaders().set("Retry-After", "0");
            byte[] body = "because".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(first ? 429 : 400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        receiver.start();
        try (StartedDashboard near = StartedDashboard.on(
                folder.resolve("near"),
                "--headroom.forward.endpoint=http://127.0.0.1:"
                        + receiver.getAddress().getPort(),
                "--headroom.forward.headers=X-Scope=a%20b")) {
            assertThat(post(near, "/v1/traces").statusCode()).isEqualTo(200);
            // Asked again after 429, not after 400.
            await(() -> near.metric("headroom.forward.dropped", "reason", "refused") == 1, "a refusal");
            assertThat(paths).containsExactly("/v1/traces a b null", "/v1/traces a b null");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void aFullQueueIsCountedAndTheStoreHereHasEverything() throws Exception {
        try (StartedDashboard near = StartedDashboard.on(
                folder.resolve("near"),
                "--headroom.forward.endpoint=http://127.0.0.1:" + freePort(),
                "--headroom.forward.queue=2KB")) {
            AgentSender shop = new AgentSender("shop");
            for (int i = 0; i < 10; i++) {
                window(shop).send(near);
            }
            assertThat(near.metric("headroom.forward.dropped", "reason", "queue"))
                    .isBetween(6.0, 9.0);
            assertThat(requests(near)).isEqualTo(30);
        }
    }

    @Test
    void aDashboardThatForwardsToItselfDoesNotGoRound() throws Exception {
        int port = freePort();
        try (StartedDashboard near = StartedDashboard.on(
                folder.resolve("near"),
                "--server.port=" + port,
                "--headroom.forward.endpoint=http://127.0.0.1:" + port)) {
            assertThat(post(near, "/v1/traces").statusCode()).isEqualTo(200);
            await(() -> near.metric("headroom.forward.dropped", "reason", "loop") == 1, "the loop to be seen");
            assertThat(near.metric("headroom.forward.requests")).isEqualTo(1);
        }
    }

    private static AgentSender window(AgentSender sender) {
        return sender.duration(
                Metric.HTTP_SERVER_DURATION,
                Map.of("http.request.method", "GET", "http.route", "/cart", "http.response.status_code", "200"),
                0.01,
                0.02,
                0.03);
    }

    private static HttpResponse<String> post(StartedDashboard dashboard, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(dashboard.url() + path))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"resourceSpans\":[]}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static long requests(StartedDashboard dashboard) {
        Reading reading = dashboard
                .bean(MetricStore.class)
                .read(new Selection(
                        "shop",
                        Set.of(Metric.HTTP_SERVER_DURATION.metricName()),
                        TimeRange.upTo(Instant.now().plus(Duration.ofMinutes(10)), Duration.ofMinutes(30)),
                        false));
        return reading.series().stream()
                .mapToLong(series -> ((Value.Distribution) series.value()).calls())
                .sum();
    }

    private static List<String> instances(StartedDashboard dashboard) {
        return dashboard.bean(MetricStore.class).instances("shop").stream()
                .map(instance -> instance.instance() + " " + instance.sequence())
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + what).isLessThan(end);
            Thread.sleep(100);
        }
    }
}
