package dev.headroom.dashboard.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.AgentSender;
import dev.headroom.dashboard.StartedDashboard;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans of a real PostgreSQL 18. */
class PostgresPlansIT {
    private static final String VISITS = "SELECT id, at FROM visits WHERE pet_id = ? ORDER BY at DESC LIMIT ?";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setServerConfig("fsync", "off")
                .setServerConfig("max_parallel_workers_per_gather", "0")
                .setPGStartupWait(Duration.ofSeconds(90))
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .start();
        sql("CREATE TABLE visits (id bigint PRIMARY KEY, pet_id bigint, at timestamp)");
        sql("INSERT INTO visits SELECT n, n % 5000, now() FROM generate_series(1, 50000) n");
        sql("ANALYZE visits");
        sql("CREATE ROLE planner LOGIN PASSWORD 'planner'");
        sql("GRANT SELECT ON visits TO planner");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    private static void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static PlanProperties.Database database() {
        return new PlanProperties.Database("shop", null, url(), "planner", "planner");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsTheScanWithoutAnyValue(boolean asBefore16) throws SQLException {
        String simple = url() + "?preferQueryMode=simple";
        try (Connection connection = DriverManager.getConnection(simple, "planner", "planner")) {
            PostgresPlans plans = new PostgresPlans(asBefore16);
            plans.prepare(connection, TIMEOUT);
            Plan plan = plans.explain(connection, VISITS);
            assertThat(plan.lines()).last().isEqualTo("    Seq Scan on visits");
            assertThat(plan.scans()).singleElement().satisfies(scan -> {
                assertThat(scan.rows()).isEqualTo(50_000);
                assertThat(scan.columns()).containsExactly("pet_id");
            });
            assertThat(plans.explain(connection, "SELECT at FROM visits WHERE id = ?")
                            .lines())
                    .containsExactly("Index Scan using visits_pkey on visits");
        }
    }

    @Test
    void runsNothingAndMayChangeNothing() throws SQLException {
        sql("CREATE TABLE touched (n int)");
        sql(
                "CREATE FUNCTION touch() RETURNS int AS 'INSERT INTO touched VALUES (1) RETURNING n' LANGUAGE sql VOLATILE");
        sql("GRANT INSERT, SELECT ON touched TO planner");
        try (Inquiry inquiry = Inquiry.open(database(), TIMEOUT)) {
            assertThat(inquiry.explain("SELECT touch() FROM visits WHERE id = ?")
                            .lines())
                    .isNotEmpty();
            assertThatThrownBy(() -> inquiry.explain("SELECT nothing FROM nowhere"))
                    .isInstanceOf(SQLException.class);
            assertThat(inquiry.explain("SELECT at FROM visits WHERE id = ?").lines())
                    .as("after a failure")
                    .hasSize(1);
        }
        try (Connection connection = DriverManager.getConnection(url(), "planner", "planner");
                Statement statement = connection.createStatement()) {
            try (ResultSet result = statement.executeQuery("SELECT count(*) FROM touched")) {
                result.next();
                assertThat(result.getInt(1)).isZero();
            }
            new PostgresPlans(false).prepare(connection, TIMEOUT);
            assertThatThrownBy(() -> statement.execute("INSERT INTO touched VALUES (1)"))
                    .hasMessageContaining("read-only");
        }
    }

    private static String get(StartedDashboard dashboard, String path) {
        byte[] body = dashboard
                .client()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return new String(body == null ? new byte[0] : body, StandardCharsets.UTF_8);
    }

    @Test
    void leadsFromASlowStatementToTheIndexToTry(@TempDir Path store) throws InterruptedException {
        double[] slow = new double[30];
        Arrays.fill(slow, 0.3);
        try (StartedDashboard dashboard = StartedDashboard.on(
                store,
                "--headroom.plans.databases[0].service=shop",
                "--headroom.plans.databases[0].url=" + url(),
                "--headroom.plans.databases[0].user=planner",
                "--headroom.plans.databases[0].password=planner")) {
            new AgentSender("shop")
                    .endingAt(
                            Instant.ofEpochSecond(Instant.now().minusSeconds(10).getEpochSecond() / 5 * 5))
                    .duration(
                            Metric.DB_DURATION,
                            Map.of(
                                    "db.system.name",
                                    "postgresql",
                                    "db.operation.name",
                                    "SELECT",
                                    "db.query.text",
                                    VISITS,
                                    "headroom.query.fingerprint",
                                    "abc"),
                            slow)
                    .send(dashboard);
            long deadline = System.nanoTime() + 90_000_000_000L;
            while (!get(dashboard, "/api/v1/plans?service=shop").contains("Seq Scan") && System.nanoTime() < deadline) {
                Thread.sleep(200);
            }
            assertThat(get(dashboard, "/api/v1/plans?service=shop&fingerprint=abc"))
                    .contains("Seq Scan on visits", "\"problem\":null")
                    .doesNotContain("planner");
            assertThat(get(dashboard, "/api/v1/findings?service=shop"))
                    .contains("missing-index", "Try CREATE INDEX visits_pet_id ON visits (pet_id)");
            assertThat(get(dashboard, "/queries?service=shop&open=abc")).contains("Seq Scan on visits");
        }
    }
}
