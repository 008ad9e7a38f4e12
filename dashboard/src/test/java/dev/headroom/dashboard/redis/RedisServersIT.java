package dev.headroom.dashboard.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.StartedDashboard;
import dev.headroom.dashboard.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;
import redis.embedded.RedisServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Redis is asked by the dashboard, and judged. */
class RedisServersIT {
    @TempDir
    Path directory;

    private RedisServer server;

    @BeforeEach
    void start() throws Exception {
        server = RedisServer.newRedisServer()
                .port(FreePort.find())
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .setting("maxmemory 64mb")
                .build();
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private String url() {
        return "redis://127.0.0.1:" + server.ports().get(0);
    }

    private static JsonNode get(StartedDashboard dashboard, String path) {
        return JsonMapper.builder()
                .build()
                .readTree(dashboard
                        .client()
                        .get()
                        .uri(path)
                        .exchange()
                        .expectBody()
                        .returnResult()
                        .getResponseBody());
    }

    private static JsonNode eventually(StartedDashboard dashboard, String path, Predicate<JsonNode> wanted)
            throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        JsonNode answer = get(dashboard, path);
        while (!wanted.test(answer) && System.nanoTime() < deadline) {
            Thread.sleep(200);
            answer = get(dashboard, path);
        }
        assertThat(wanted.test(answer)).as(path + " answered " + answer).isTrue();
        return answer;
    }

    @Test
    void tellsWhatAServerSaysAndThatItIsGone() throws Exception {
        try (Jedis redis = new Jedis("127.0.0.1", server.ports().get(0))) {
            redis.set("endless", "x");
            redis.set("brief", "x", SetParams.setParams().ex(600));
            redis.get("endless");
            redis.get("missing");
        }
        try (StartedDashboard dashboard = StartedDashboard.on(
                directory,
                "--headroom.redis.every=1s",
                "--headroom.redis.servers[0].name=main",
                "--headroom.redis.servers[0].url=" + url())) {
            JsonNode one = eventually(
                            dashboard,
                            "/api/v1/redis",
                            answer -> answer.path("items").size() == 1)
                    .path("items")
                    .path(0);
            assertThat(one.path("service").asString()).isEqualTo("redis:main");
            assertThat(one.path("keys").asInt()).isEqualTo(2);
            assertThat(one.path("endlessKeys").asInt()).isEqualTo(1);
            assertThat(one.path("hitRatio").asDouble()).isEqualTo(0.5);
            assertThat(one.path("maxMemoryBytes").asLong()).isEqualTo(64L << 20);
            assertThat(one.path("usedMemoryBytes").asLong()).isBetween(100_000L, 64L << 20);
            assertThat(one.path("pingMs").asDouble()).isPositive();
            assertThat(one.path("problem").isNull()).isTrue();
            eventually(
                    dashboard,
                    "/api/v1/budgets?service=redis:main",
                    answer -> answer.toString().contains("redis-memory-share")
                            && answer.toString().contains("redis-ping"));
            server.stop();
            eventually(
                    dashboard,
                    "/api/v1/redis",
                    answer -> !answer.path("items").path(0).path("problem").isNull());
        }
    }

    @Test
    void asksOverTlsAsAUserOfTheAccessListAndTrustsNobodyElse() throws Exception {
        TestCertificate certificate = TestCertificate.in(directory);
        int port = FreePort.find();
        String password = "s3cret/with:all@kinds#of%signs";
        Path log = directory.resolve("redis.log");
        Path settings = Files.writeString(
                directory.resolve("redis.conf"),
                String.join(
                        "\n",
                        "port 0",
                        "bind 127.0.0.1",
                        "save \"\"",
                        "tls-port " + port,
                        "tls-cert-file " + certificate.file(),
                        "tls-key-file " + certificate.key(),
                        "tls-ca-cert-file " + certificate.file(),
                        "tls-auth-clients no",
                        "user default off",
                        "user watcher on >" + password + " -@all +info +ping +client|setinfo +client|setname",
                        ""));
        Process tls = new ProcessBuilder("redis-server", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try (StartedDashboard dashboard = StartedDashboard.on(
                directory.resolve("store"),
                "--headroom.redis.every=1s",
                "--spring.ssl.bundle.pem.house.truststore.certificate=" + certificate.file(),
                "--headroom.redis.servers[0].name=safe",
                "--headroom.redis.servers[0].url=rediss://localhost:" + port,
                "--headroom.redis.servers[0].user=watcher",
                "--headroom.redis.servers[0].password=" + password,
                "--headroom.redis.servers[0].ssl-bundle=house",
                "--headroom.redis.servers[1].name=stranger",
                "--headroom.redis.servers[1].url=rediss://localhost:" + port,
                "--headroom.redis.servers[2].name=unknown",
                "--headroom.redis.servers[2].url=rediss://watcher:wrong@localhost:" + port,
                "--headroom.redis.servers[2].ssl-bundle=house")) {
            JsonNode items = eventually(
                            dashboard,
                            "/api/v1/redis",
                            answer -> answer.path("items").size() == 3
                                    && answer.path("items")
                                            .path(0)
                                            .path("problem")
                                            .isNull())
                    .path("items");
            assertThat(items.path(0).path("version").asString()).isNotEmpty();
            assertThat(items.path(0).path("evictionPolicy").asString()).isEqualTo("noeviction");
            assertThat(items.path(0).path("address").asString()).isEqualTo("localhost:" + port);
            assertThat(items.path(1).path("problem").asString()).isNotEmpty();
            assertThat(items.path(2).path("problem").asString()).contains("WRONGPASS");
            String page = page(dashboard);
            assertThat(page).contains(">safe<", "without a limit", "policy noeviction", "It could not be asked");
            assertThat(page).contains("Hit ratio of all clients").doesNotContain(password);
        } finally {
            tls.destroy();
            assertThat(tls.waitFor(10, TimeUnit.SECONDS))
                    .as(Files.readString(log))
                    .isTrue();
        }
    }

    /** Once something of it is stored in a whole slice of time. */
    private static String page(StartedDashboard dashboard) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        String page = "";
        while (!page.contains("Hit ratio of all clients") && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(300);
            page = dashboard
                    .client()
                    .get()
                    .uri("/redis")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();
        }
        return page;
    }
}
