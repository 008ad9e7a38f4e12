package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Conductor 3.32: Spring Boot 3.5, HikariCP with PostgreSQL, Jedis and Redisson. It works by itself all the time, so the
 * servers' counts are compared when it has ended. Needs Java 21; see the profile "conductor".
 */
@Tag("conductor")
class ConductorIT {
    private static final Path JAR = Jars.ROOT.resolve("demo-app/target/apps/conductor.jar");
    private static final int WORKFLOWS = 20;

    private final JsonMapper json = new JsonMapper();

    @Test
    void countsEveryRequestAndEveryStatementOfConductor(@TempDir Path home) throws Exception {
        assertThat(Runtime.version().feature())
                .as("Java of the tests; -Dconductor.java=/path/to/bin/java chooses another")
                .isGreaterThanOrEqualTo(21);
        int port = Ports.free();
        URI address = URI.create("http://127.0.0.1:" + port);
        DemoOptions options = new DemoOptions(
                0, 0, Optional.empty(), false, 1, 1, Jars.AGENT, Jars.DASHBOARD, Jars.SERVICE, home.resolve("stage"));
        try (EmbeddedServers embedded = new EmbeddedServers(home);
                Stage stage = new Stage(options)) {
            stage.startDashboard();
            Servers servers = embedded.servers();
            DashboardApi dashboard = new DashboardApi(stage.dashboardAddress(), "conductor");
            Client client = new Client(address);
            try (ChildJvm conductor = ChildJvm.start(
                    "conductor",
                    home.resolve("conductor"),
                    Map.of(),
                    List.of("-Xmx768m", "-XX:TieredStopAtLevel=1", stage.agentOption("conductor")),
                    JAR,
                    arguments(port, servers))) {
                conductor.awaitAnswer(address.resolve("/api/metadata/taskdefs"), Duration.ofMinutes(4));
                client.made().put("GET /api/metadata/taskdefs", 1L); // the one that saw that it is up
                runWorkflows(client);
                assertThat(client.awaitCounts(dashboard)).isEqualTo(client.made());
            }
            // It has ended; its agent sends what it has before that.
            assertThat(client.counts(dashboard, "routes")).isEqualTo(client.made());
            Map<String, Long> calls = servers.statementCalls();
            Map<String, Long> seen = selects(client, dashboard);
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (!calls.entrySet().containsAll(seen.entrySet()) && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(200);
                seen = selects(client, dashboard);
            }
            assertThat(seen).as("SELECT statements").hasSizeGreaterThan(5);
            assertThat(calls).as("PostgreSQL's own count").containsAllEntriesOf(seen);
        }
    }

    private void runWorkflows(Client client) throws Exception {
        client.send("POST", "/api/metadata/taskdefs", "/api/metadata/taskdefs", """
                [{"name":"pack","ownerEmail":"shop@example.org","retryCount":0,"timeoutSeconds":0}]""");
        client.send("POST", "/api/metadata/workflow", "/api/metadata/workflow", """
                {"name":"parcel","version":1,"schemaVersion":2,"ownerEmail":"shop@example.org",
                 "tasks":[{"name":"pack","taskReferenceName":"pack","type":"SIMPLE"}]}""");
        for (int i = 0; i < WORKFLOWS; i++) {
            String id = client.send("POST", "/api/workflow/parcel", "/api/workflow/{name}", "{}");
            JsonNode task = json.readTree(
                    client.send("GET", "/api/tasks/poll/pack?workerid=w", "/api/tasks/poll/{tasktype}", ""));
            client.send("POST", "/api/tasks", "/api/tasks", """
                    {"taskId":"%s","workflowInstanceId":"%s","status":"COMPLETED"}""".formatted(
                            task.path("taskId").asString(), id));
            assertThat(json.readTree(client.send("GET", "/api/workflow/" + id, "/api/workflow/{workflowId}", ""))
                            .path("status")
                            .asString())
                    .isEqualTo("COMPLETED");
        }
    }

    private static List<String> arguments(int port, Servers servers) {
        return List.of(
                "--server.port=" + port,
                "--server.address=127.0.0.1",
                "--spring.datasource.url=" + servers.jdbcUrl(),
                "--spring.datasource.username=" + servers.user(),
                "--spring.datasource.password=" + servers.password(),
                "--conductor.db.type=postgres",
                "--conductor.queue.type=redis_standalone",
                "--conductor.redis.hosts=127.0.0.1:" + servers.redis().getPort() + ":us-east-1c",
                "--conductor.redis.availability-zone=us-east-1c",
                "--conductor.redis-lock.server-address=" + servers.redis(),
                "--conductor.indexing.type=postgres",
                "--conductor.elasticsearch.version=0",
                "--conductor.workflow-execution-lock.type=redis");
    }

    private static Map<String, Long> selects(Client client, DashboardApi dashboard) throws Exception {
        Map<String, Long> shapes = new TreeMap<>();
        client.counts(dashboard, "queries").forEach((text, count) -> {
            String shape = Servers.shape(text);
            if (shape.startsWith("SELECT") && shape.contains(" FROM ")) {
                shapes.merge(shape, count, Long::sum);
            }
        });
        return shapes;
    }
}
