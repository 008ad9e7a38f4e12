package dev.headroom.dashboard.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.StartedDashboard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.embedded.RedisServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Redis behind TLS, asked by a user who may do nothing else. */
class RedisTlsIT {
    private static final String SECRET = "pl4nted:s@cret/";

    @TempDir
    Path directory;

    private RedisCertificate certificate;
    private RedisServer server;
    private int tlsPort;

    @BeforeEach
    void start() throws Exception {
        certificate = RedisCertificate.make(directory);
        tlsPort = FreePort.find();
        server = RedisServer.newRedisServer()
                .port(FreePort.find())
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .setting("maxmemory 64mb")
                .setting("tls-port " + tlsPort)
                .setting("tls-cert-file " + certificate.certificate())
                .setting("tls-key-file " + certificate.key())
                .setting("tls-ca-cert-file " + certificate.certificate())
                .setting("tls-auth-clients no")
                .setting("user watcher on >" + SECRET + " -@all +info +ping")
                .setting("user blind on >" + SECRET + " -@all +ping")
                .build();
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private static String[] server(int number, String name, String host, int port, String user, String more) {
        String prefix = "--headroom.redis.servers[" + number + "].";
        return new String[] {
            prefix + "name=" + name,
            prefix + "url=rediss://" + host + ":" + port,
            prefix + "user=" + user,
            prefix + "password=" + SECRET,
            prefix + more
        };
    }

    private String[] arguments() {
        String trusted = "ssl-bundle=redis";
        List<String> all = new ArrayList<>(List.of(
                "--headroom.redis.every=1s",
                "--spring.ssl.bundle.pem.redis.truststore.certificate=file:" + certificate.certificate()));
        all.addAll(List.of(server(0, "main", "localhost", tlsPort, "watcher", trusted)));
        all.addAll(List.of(server(1, "untrusted", "localhost", tlsPort, "watcher", "ssl-bundle=")));
        all.addAll(List.of(server(2, "misnamed", "127.0.0.1", tlsPort, "watcher", trusted)));
        all.addAll(List.of(server(3, "blind", "localhost", tlsPort, "blind", trusted)));
        return all.toArray(new String[0]);
    }

    @Test
    void isReadWithTheLeastRightsAndOnlyWithACertificateOfItsOwn() throws Exception {
        try (StartedDashboard dashboard = StartedDashboard.on(directory.resolve("store"), arguments())) {
            Map<String, JsonNode> readings = readings(dashboard);

            JsonNode main = Objects.requireNonNull(readings.get("main"));
            assertThat(main.path("problem").isNull()).as(main.toString()).isTrue();
            assertThat(main.path("maxMemoryBytes").asLong()).isEqualTo(64L << 20);
            assertThat(problem(readings, "untrusted")).isNotEmpty();
            assertThat(problem(readings, "misnamed")).isNotEmpty();
            assertThat(problem(readings, "blind")).contains("NOPERM");
            assertThat(text(dashboard, "/redis")).contains("main", "blind").doesNotContain(SECRET);
            assertThat(text(dashboard, "/api/v1/redis")).doesNotContain(SECRET);
        }
        try (Jedis redis = new Jedis("127.0.0.1", server.ports().get(0))) {
            assertThat(redis.aclLog())
                    .as("what the server refused")
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.getUsername() + " " + entry.getObject())
                            .isEqualTo("blind info"));
        }
    }

    private static String problem(Map<String, JsonNode> readings, String name) {
        return Objects.requireNonNull(readings.get(name)).path("problem").asString("");
    }

    private static Map<String, JsonNode> readings(StartedDashboard dashboard) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        Map<String, JsonNode> readings = new TreeMap<>();
        while (readings.size() < 4 && System.nanoTime() < deadline) {
            Thread.sleep(200);
            readings.clear();
            for (JsonNode each : JsonMapper.builder()
                    .build()
                    .readTree(text(dashboard, "/api/v1/redis"))
                    .path("items")) {
                readings.put(each.path("name").asString(), each);
            }
        }
        assertThat(readings).containsOnlyKeys("main", "untrusted", "misnamed", "blind");
        return readings;
    }

    private static String text(StartedDashboard dashboard, String path) {
        byte[] body = dashboard
                .client()
                .get()
                .uri(path)
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return new String(Objects.requireNonNull(body), StandardCharsets.UTF_8);
    }
}
