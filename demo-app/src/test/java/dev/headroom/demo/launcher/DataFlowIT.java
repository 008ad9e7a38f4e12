package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spring Cloud Data Flow 2.7: Spring Boot 2.3, Tomcat 9 with javax, HikariCP 3.4, Hibernate 5, an old PostgreSQL
 * driver. Nobody here wrote it, and it knows nothing of the agent.
 */
class DataFlowIT {
    private static final Path JAR = Jars.ROOT.resolve("demo-app/target/apps/dataflow.jar");

    @Test
    void countsEveryRequestAndEveryStatementOfSpringCloudDataFlow(@TempDir Path home) throws Exception {
        int port = Ports.free();
        URI address = URI.create("http://127.0.0.1:" + port);
        DemoOptions options = new DemoOptions(
                0, 0, Optional.empty(), false, 1, 1, Jars.AGENT, Jars.DASHBOARD, Jars.SERVICE, home.resolve("stage"));
        try (EmbeddedServers embedded = new EmbeddedServers(home);
                Stage stage = new Stage(options)) {
            stage.startDashboard();
            Servers servers = embedded.servers();
            try (ChildJvm dataFlow = ChildJvm.start(
                    "dataflow",
                    home.resolve("dataflow"),
                    Map.of(),
                    List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", stage.agentOption("dataflow")),
                    JAR,
                    List.of(
                            "--server.port=" + port,
                            "--server.address=127.0.0.1",
                            "--spring.datasource.url=" + servers.jdbcUrl(),
                            "--spring.datasource.username=" + servers.user(),
                            "--spring.datasource.password=" + servers.password(),
                            "--spring.datasource.driver-class-name=org.postgresql.Driver"))) {
                dataFlow.awaitAnswer(address.resolve("/about"), Duration.ofMinutes(4));
                Client client = new Client(address);
                client.made().put("GET /about", 1L); // the one that saw that it is up
                assertThat(client.ask(7, "GET", "/apps", "/apps")).isEqualTo(200);
                assertThat(client.ask(11, "GET", "/streams/definitions", "/streams/definitions"))
                        .isEqualTo(200);
                assertThat(client.ask(5, "GET", "/tasks/definitions", "/tasks/definitions"))
                        .isEqualTo(200);
                assertThat(client.ask(3, "GET", "/tasks/executions", "/tasks/executions"))
                        .isEqualTo(200);
                assertThat(client.ask(4, "GET", "/streams/definitions/nobody", "/streams/definitions/{name}"))
                        .isEqualTo(404);
                DashboardApi dashboard = new DashboardApi(stage.dashboardAddress(), "dataflow");

                assertThat(client.awaitCounts(dashboard)).isEqualTo(client.made());

                Map<String, Long> seen = shapes(client.counts(dashboard, "queries"));
                seen.keySet().removeIf(text -> !text.startsWith("SELECT") || !text.contains(" FROM "));
                assertThat(seen).as("SELECT statements").isNotEmpty();
                assertThat(servers.statementCalls())
                        .as("PostgreSQL's own count")
                        .containsAllEntriesOf(seen);
            }
        }
    }

    private static Map<String, Long> shapes(Map<String, Long> counts) {
        Map<String, Long> shapes = new TreeMap<>();
        counts.forEach((text, count) -> shapes.merge(Servers.shape(text), count, Long::sum));
        return shapes;
    }
}
