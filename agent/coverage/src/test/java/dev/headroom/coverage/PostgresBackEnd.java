package dev.headroom.coverage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * A real PostgreSQL: {@code jdbc.url}, {@code aws.url} for the wrapper, {@code jdbc.user}, {@code jdbc.password}, {@code jdbc.database}, {@code postgres.port}. Counts
 * statements by their text, also those that a driver sends by itself.
 */
final class PostgresBackEnd implements BackEnd {
    static final String DATABASE = "shop";

    private final EmbeddedPostgres server;

    PostgresBackEnd() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("pg_stat_statements.track", "all")
                .setServerConfig("fsync", "off")
                .start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create extension pg_stat_statements");
        }
    }

    @Override
    public Map<String, String> fresh() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + DATABASE + " with (force)");
            statement.execute("create database " + DATABASE);
            statement.execute("select pg_stat_statements_reset()");
        }
        String address = "postgresql://127.0.0.1:" + server.getPort() + "/" + DATABASE;
        return Map.of(
                "jdbc.url",
                "jdbc:" + address,
                "aws.url",
                "jdbc:aws-wrapper:" + address,
                "jdbc.user",
                "postgres",
                "jdbc.password",
                "secret",
                "jdbc.database",
                DATABASE,
                "postgres.port",
                Integer.toString(server.getPort()));
    }

    @Override
    public Map<String, Long> work() throws SQLException {
        Map<String, Long> calls = new TreeMap<>();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select query, sum(calls) from pg_stat_statements s join pg_database d on d.oid = s.dbid"
                                + " where d.datname = ? group by query")) {
            select.setString(1, DATABASE);
            try (ResultSet statements = select.executeQuery()) {
                while (statements.next()) {
                    calls.put(statements.getString(1), statements.getLong(2));
                }
            }
        }
        return calls;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
