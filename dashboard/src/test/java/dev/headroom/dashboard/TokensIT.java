package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.access.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents' tokens: one service each, valid at once, revoked at once, never on disk. */
class TokensIT {
    @TempDir
    Path directory;

    private static int send(StartedDashboard dashboard, String service, String token) {
        return deliver(dashboard, service, token).statusCode();
    }

    private static HttpResponse<byte[]> deliver(StartedDashboard dashboard, String service, String token) {
        return new AgentSender(service)
                .gauge(Metric.JVM_MEMORY_USED, Map.of(), 1)
                .next()
                .post(dashboard, token);
    }

    private static int get(StartedDashboard dashboard, String path, String token) {
        return dashboard
                .client(token)
                .get()
                .uri(path)
                .exchange()
                .returnResult(byte[].class)
                .getStatus()
                .value();
    }

    @Test
    void aTokenWritesAsItsServiceOnlyAndReadsItsOrdersOnly() throws Exception {
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.token=master-secret")) {
            Tokens tokens = dashboard.bean(Tokens.class);
            String shop = tokens.create("ingest", "shop", "shop in production", "test")
                    .text();
            assertThat(send(dashboard, "shop", shop)).isEqualTo(200);
            HttpResponse<byte[]> refused = deliver(dashboard, "billing", shop);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/x-protobuf");
            assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                    .contains("for service \"shop\"")
                    .contains("\"billing\"")
                    .doesNotContain(shop);
            assertThat(get(dashboard, "/api/v1/agent/orders?service=shop", shop))
                    .isEqualTo(200);
            assertThat(get(dashboard, "/api/v1/agent/orders?service=billing", shop))
                    .isEqualTo(403);
            assertThat(get(dashboard, "/api/v1/services", shop)).isEqualTo(403);
            assertThat(get(dashboard, "/", shop)).isEqualTo(403);
            assertThat(send(dashboard, "billing", "master-secret")).isEqualTo(200);
        }
    }

    @Test
    void twoAreValidAtOnceUntilTheOlderIsRevokedAndBothOutliveARestart() throws Exception {
        String old;
        String next;
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.token=master-secret")) {
            Tokens tokens = dashboard.bean(Tokens.class);
            Tokens.Created first = tokens.create("ingest", "shop", "", "test");
            old = first.text();
            next = tokens.create("ingest", "shop", "", "test").text();
            assertThat(send(dashboard, "shop", old)).isEqualTo(200);
            assertThat(send(dashboard, "shop", next)).isEqualTo(200);
            assertThat(tokens.all()).hasSize(2).allMatch(token -> token.lastUsed() != null);
        }
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.token=master-secret")) {
            Tokens tokens = dashboard.bean(Tokens.class);
            assertThat(send(dashboard, "shop", old)).isEqualTo(200);
            tokens.revoke(old.split("_")[1], "test");
            assertThat(send(dashboard, "shop", old)).isEqualTo(401);
            assertThat(send(dashboard, "shop", next)).isEqualTo(200);
        }
        assertThat(contents(directory)).noneMatch(bytes -> bytes.contains(next.split("_", 3)[2]));
    }

    @Test
    void whatATokenMayNotDoHoldsOnAnOpenDashboardToo() throws Exception {
        try (StartedDashboard dashboard = StartedDashboard.on(directory)) {
            String shop = dashboard
                    .bean(Tokens.class)
                    .create("ingest", "shop", "", "test")
                    .text();
            assertThat(send(dashboard, "billing", shop)).isEqualTo(403);
            assertThat(send(dashboard, "billing", null)).isEqualTo(200);
            assertThat(send(dashboard, "billing", "some-other-systems-token")).isEqualTo(200);
            assertThat(send(dashboard, "shop", "hrt_0123456789ab_forged")).isEqualTo(401);
        }
    }

    @Test
    void aReadTokenScrapesAndChangesNothing() throws Exception {
        try (StartedDashboard dashboard = StartedDashboard.on(directory, "--headroom.token=master-secret")) {
            String read = dashboard
                    .bean(Tokens.class)
                    .create("read", null, "prometheus", "test")
                    .text();
            assertThat(get(dashboard, "/actuator/prometheus", read)).isEqualTo(200);
            assertThat(get(dashboard, "/api/v1/services", read)).isEqualTo(200);
            assertThat(get(dashboard, "/api/v1/tokens", read)).isEqualTo(403);
            assertThat(send(dashboard, "shop", read)).isEqualTo(403);
            dashboard
                    .client(read)
                    .delete()
                    .uri("/api/v1/orders?service=shop")
                    .exchange()
                    .expectStatus()
                    .isForbidden();
        }
    }

    @Test
    void tooManyDeliveriesAndTooManyWrongTokensAreToldWhenToComeBack() throws Exception {
        try (StartedDashboard dashboard = StartedDashboard.on(
                directory,
                "--headroom.token=master-secret",
                "--headroom.access.limits.deliveries-per-second=1",
                "--headroom.access.limits.logins-per-minute=5")) {
            String shop = dashboard
                    .bean(Tokens.class)
                    .create("ingest", "shop", "", "test")
                    .text();
            HttpResponse<byte[]> last = null;
            for (int i = 0; i < 40; i++) {
                last = deliver(dashboard, "shop", shop);
                if (last.statusCode() == 429) {
                    break;
                }
            }
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(last.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
            assertThat(send(dashboard, "billing", "master-secret")).isEqualTo(200);

            int status = 0;
            for (int i = 0; i < 10; i++) {
                status = get(dashboard, "/api/v1/services", "guess " + i);
            }
            assertThat(status).isEqualTo(429);
            assertThat(get(dashboard, "/api/v1/services", "master-secret")).isEqualTo(200);
        }
    }

    private static List<String> contents(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).map(TokensIT::latin).toList();
        }
    }

    private static String latin(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
