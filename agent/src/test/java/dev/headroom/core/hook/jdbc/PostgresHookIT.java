package dev.headroom.core.hook.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.harness.AppUnderTest;
import dev.headroom.harness.LocalWeaving;
import dev.headroom.harness.Recorded;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real PostgreSQL counts its calls itself: what the agent says has to be the same. */
class PostgresHookIT {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("pg_stat_statements.track", "all")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void reset() throws SQLException {
        System.setProperty(EveryCall.DRIVER, "org.postgresql.Driver");
        System.setProperty(
                EveryCall.URL, "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?sslmode=disable");
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create extension if not exists pg_stat_statements");
            statement.execute("drop table if exists pets");
            statement.execute("select pg_stat_statements_reset()");
        }
    }

    @AfterEach
    void forget() {
        System.clearProperty(EveryCall.DRIVER);
        System.clearProperty(EveryCall.URL);
    }

    private static LocalWeaving weaving(String version) {
        return LocalWeaving.of(
                List.of(Path.of("target/libraries/postgresql-" + version + ".jar")), List.of(JdbcHook::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.4.1212", "42.7.14"})
    void countsWhatTheServerCounts(String version) throws Exception {
        try (LocalWeaving weaving = weaving(version)) {
            weaving.run(EveryCall.class);
            Recorded recorded = weaving.window();
            JdbcHookIT.assertEveryCall(
                    recorded, Map.of(Attribute.DB_SYSTEM, "postgresql", Attribute.DB_NAMESPACE, "postgres"));
            assertThat(recorded.count(Metric.DB_DURATION, Map.of(Attribute.DB_OPERATION, "INSERT")))
                    .as("single inserts, the server also counts the five and two of the batches")
                    .isEqualTo(serverCalls("insert into pets%") - 5 - 2);
            assertThat(recorded.count(
                            Metric.DB_DURATION,
                            Map.of(Attribute.DB_QUERY, "SELECT id, name FROM pets WHERE id > ? ORDER BY id")))
                    .isEqualTo(serverCalls("select id, name from pets%"))
                    .isEqualTo(2);
            assertThat(recorded.count(Metric.DB_DURATION, Map.of(Attribute.DB_OPERATION, "COMMIT")))
                    .isEqualTo(serverCalls("commit"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.4.1212", "42.7.14"})
    void timesWhatTheServerTakes(String version) throws Exception {
        try (LocalWeaving weaving = weaving(version)) {
            weaving.run(Sleepers.class);
            Recorded recorded = weaving.window();
            assertThat(recorded.entries(Metric.DB_DURATION, Map.of(Attribute.DB_QUERY, "SELECT pg_sleep(?)")))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.histogram().count()).isEqualTo(3).isEqualTo(serverCalls("select pg_sleep(%"));
                        assertThat(entry.histogram().min()).isBetween(0.2, 2.0);
                    });
            assertThat(recorded.count(
                            Metric.DB_DURATION, Map.of(Attribute.ERROR_TYPE, "org.postgresql.util.PSQLException")))
                    .as("cancelled by the statement timeout")
                    .isEqualTo(1);
        }
    }

    private static long serverCalls(String pattern) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select coalesce(sum(calls), 0) from pg_stat_statements where lower(query) like ?")) {
            select.setString(1, pattern);
            try (ResultSet calls = select.executeQuery()) {
                calls.next();
                return calls.getLong(1);
            }
        }
    }

    static class Sleepers implements AppUnderTest {
        @Override
        public Object run() throws Exception {
            try (Connection connection = EveryCall.connect();
                    PreparedStatement sleep = connection.prepareStatement("select pg_sleep(?)")) {
                for (int i = 0; i < 3; i++) {
                    sleep.setDouble(1, 0.2);
                    sleep.executeQuery().close();
                }
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set statement_timeout = 100");
                    statement.execute("select pg_sleep(5), 'secret'");
                    throw new AssertionError("not cancelled");
                } catch (SQLException expected) {
                    return expected.getSQLState();
                }
            }
        }
    }
}
