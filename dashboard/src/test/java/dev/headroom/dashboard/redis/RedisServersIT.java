package dev.headroom.dashboard.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.StartedDashboard;
import java.nio.file.Path;
import java.time.Duration;
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
}
