package dev.headroom.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListsIT {
    @TempDir
    static Path directory;

    private static final AtomicInteger SERVICES = new AtomicInteger();

    private static StartedDashboard dashboard;

    /** Of this test alone. */
    private final String service = "shop-" + SERVICES.incrementAndGet();

    private final AgentSender agent = new AgentSender(service);

    @BeforeAll
    static void start() {
        dashboard = StartedDashboard.on(directory);
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @Test
    void listsRoutesMergedOverStatuses() {
        agent.duration(Metric.HTTP_SERVER_DURATION, attributes("GET", "/pets/{id}", "200"), 0.010, 0.020, 0.030);
        agent.duration(Metric.HTTP_SERVER_DURATION, attributes("GET", "/pets/{id}", "404"), 0.001);
        agent.duration(Metric.HTTP_SERVER_DURATION, attributes("GET", "/pets/{id}", "500"), 0.002);
        agent.send(dashboard);

        dashboard
                .client()
                .get()
                .uri("/api/v1/routes?service=" + service)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.service")
                .isEqualTo(service)
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].name")
                .isEqualTo("GET /pets/{id}")
                .jsonPath("$.items[0].count")
                .isEqualTo(5)
                .jsonPath("$.items[0].errors")
                .isEqualTo(1)
                .jsonPath("$.items[0].status4xx")
                .isEqualTo(1)
                .jsonPath("$.items[0].status5xx")
                .isEqualTo(1)
                .jsonPath("$.items[0].maxMs")
                .isEqualTo(30.0)
                .jsonPath("$.items[0].errorBound")
                .value(Double.class, bound -> assertThat(bound).isBetween(0.0, 0.011));
    }

    @Test
    void listsStatementsWithTheirRowsAndWithoutRedis() {
        Map<String, String> select = Map.of(
                Attribute.DB_SYSTEM.key(), "postgresql",
                Attribute.DB_OPERATION.key(), "SELECT",
                Attribute.DB_QUERY.key(), "select * from pets where id = ?",
                Attribute.DB_FINGERPRINT.key(), "00000000deadbeef");
        agent.duration(Metric.DB_DURATION, select, 0.003, 0.004);
        Map<String, String> failed = new HashMap<>(select);
        failed.put(Attribute.ERROR_TYPE.key(), "java.sql.SQLException");
        agent.duration(Metric.DB_DURATION, failed, 0.005);
        agent.sum(
                Metric.DB_ROWS,
                Map.of(Attribute.DB_SYSTEM.key(), "postgresql", Attribute.DB_FINGERPRINT.key(), "00000000deadbeef"),
                12);
        agent.duration(Metric.DB_DURATION, redis("GET", "pet:{id}"), 0.001);
        agent.send(dashboard);

        dashboard
                .client()
                .get()
                .uri("/api/v1/queries?service=" + service)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].name")
                .isEqualTo("select * from pets where id = ?")
                .jsonPath("$.items[0].count")
                .isEqualTo(3)
                .jsonPath("$.items[0].errors")
                .isEqualTo(1)
                .jsonPath("$.items[0].rows")
                .isEqualTo(12)
                .jsonPath("$.items[0].operation")
                .isEqualTo("SELECT")
                .jsonPath("$.items[0].fingerprint")
                .isEqualTo("00000000deadbeef");
    }

    @Test
    void listsKeyPatternsWithHitsAndMisses() {
        agent.duration(Metric.DB_DURATION, redis("GET", "pet:{id}"), 0.001, 0.002, 0.001);
        agent.duration(Metric.DB_DURATION, redis("SETEX", "pet:{id}"), 0.001);
        agent.sum(Metric.CACHE_GETS, Map.of("cache", "pet:{id}", "result", "hit"), 2);
        agent.sum(Metric.CACHE_GETS, Map.of("cache", "pet:{id}", "result", "miss"), 1);
        agent.sum(Metric.CACHE_GETS, Map.of("cache", "owners", "result", "miss"), 4);
        agent.send(dashboard);

        dashboard
                .client()
                .get()
                .uri("/api/v1/caches?service=" + service)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(2)
                .jsonPath("$.items[0].name")
                .isEqualTo("pet:{id}")
                .jsonPath("$.items[0].count")
                .isEqualTo(4)
                .jsonPath("$.items[0].hits")
                .isEqualTo(2)
                .jsonPath("$.items[0].misses")
                .isEqualTo(1)
                .jsonPath("$.items[0].hitRatio")
                .value(Double.class, ratio -> assertThat(ratio).isBetween(0.666, 0.667))
                .jsonPath("$.items[1].name")
                .isEqualTo("owners")
                .jsonPath("$.items[1].count")
                .isEqualTo(0)
                .jsonPath("$.items[1].hitRatio")
                .isEqualTo(0.0);
    }

    @Test
    void listsPoolsAndCalls() {
        Map<String, String> pool = Map.of(Attribute.POOL_NAME.key(), "main");
        agent.duration(Metric.POOL_USE, pool, 0.040);
        agent.duration(Metric.POOL_WAIT, pool, 0.002, 0.002);
        agent.sum(Metric.POOL_TIMEOUTS, pool, 1);
        agent.gauge(
                Metric.POOL_COUNT, Map.of(Attribute.POOL_NAME.key(), "main", Attribute.POOL_STATE.key(), "used"), 7);
        agent.gauge(Metric.POOL_MAX, pool, 10);
        agent.duration(
                Metric.HTTP_CLIENT_DURATION,
                Map.of("http.request.method", "GET", "server.address", "api.example", "server.port", "443"),
                0.100);
        agent.send(dashboard);

        dashboard
                .client()
                .get()
                .uri("/api/v1/pools?service=" + service)
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].name")
                .isEqualTo("main")
                .jsonPath("$.items[0].used")
                .isEqualTo(7.0)
                .jsonPath("$.items[0].max")
                .isEqualTo(10.0)
                .jsonPath("$.items[0].waitP95Ms")
                .isEqualTo(2.0)
                .jsonPath("$.items[0].timeouts")
                .isEqualTo(1)
                .jsonPath("$.items[0].count")
                .isEqualTo(1);
        dashboard
                .client()
                .get()
                .uri("/api/v1/calls?service=" + service)
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].name")
                .isEqualTo("api.example:443")
                .jsonPath("$.items[0].method")
                .isEqualTo("GET")
                .jsonPath("$.items[0].count")
                .isEqualTo(1);
    }

    @Test
    void namesServicesAndInstances() {
        agent.duration(Metric.HTTP_SERVER_DURATION, attributes("GET", "/", "200"), 0.010);
        agent.send(dashboard);

        dashboard
                .client()
                .get()
                .uri("/api/v1/services")
                .exchange()
                .expectBody()
                .jsonPath("$.items[?(@.name == '" + service + "' && @.instances == 1 && @.lastReport)]")
                .isNotEmpty();
        dashboard
                .client()
                .get()
                .uri("/api/v1/instances?service=" + service)
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].instance")
                .isEqualTo(agent.instance())
                .jsonPath("$.items[0].sequence")
                .isEqualTo(1)
                .jsonPath("$.items[0].gaps")
                .isEqualTo(0);
    }

    @Test
    void theOnlyServiceNeedsNoNameAndAWrongQuestionIsExplained(@TempDir Path own) {
        try (StartedDashboard alone = StartedDashboard.on(own)) {
            alone.client()
                    .get()
                    .uri("/api/v1/routes")
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.expected")
                    .isNotEmpty();
            agent.duration(Metric.HTTP_SERVER_DURATION, attributes("GET", "/", "200"), 0.010);
            agent.send(alone);

            alone.client()
                    .get()
                    .uri("/api/v1/routes")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.service")
                    .isEqualTo(service);

            alone.client()
                    .get()
                    .uri("/api/v1/routes?service=other")
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.found")
                    .isEqualTo("other");
            alone.client()
                    .get()
                    .uri("/api/v1/routes?from=yesterday")
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.hint")
                    .isNotEmpty();
            alone.client()
                    .get()
                    .uri("/api/v1/routes?from=2000&to=1000")
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
    }

    private static Map<String, String> attributes(String method, String route, String status) {
        return Map.of("http.request.method", method, "http.route", route, "http.response.status_code", status);
    }

    private static Map<String, String> redis(String command, String pattern) {
        return Map.of("db.system.name", "redis", "db.operation.name", command, "headroom.key.pattern", pattern);
    }
}
