package dev.headroom.demo.launcher;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;

/**
 * A PostgreSQL with {@code pg_stat_statements} and a Redis, and what they count themselves.
 * Their counts begin when they are started; nobody but the shop uses them.
 */
record Servers(String jdbcUrl, String user, String password, URI redis) {
    /** How often PostgreSQL ran each statement; texts as {@link #shape} makes them comparable. */
    Map<String, Long> statementCalls() throws SQLException {
        Map<String, Long> calls = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT query, calls FROM pg_stat_statements")) {
            while (rows.next()) {
                calls.merge(shape(rows.getString(1)), rows.getLong(2), Long::sum);
            }
        }
        return calls;
    }

    /** Beside the commands: how many connections the shop has opened. */
    static final String CONNECTIONS = "connections";

    /** How often Redis ran each command, by its lower-case name; to be asked once, as the asking is a connection too. */
    Map<String, Long> commandCalls() {
        Map<String, Long> calls = new TreeMap<>();
        try (Jedis jedis = new Jedis(redis)) {
            jedis.info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith("cmdstat_"))
                    .forEach(line -> calls.put(
                            line.substring("cmdstat_".length(), line.indexOf(':')),
                            Long.parseLong(line.substring(line.indexOf("calls=") + 6, line.indexOf(',')))));
            String received = jedis.info("stats")
                    .lines()
                    .filter(line -> line.startsWith("total_connections_received:"))
                    .findFirst()
                    .orElseThrow();
            calls.put(CONNECTIONS, Long.parseLong(received.substring(received.indexOf(':') + 1)) - 1);
        }
        return calls;
    }

    /** The statement in one line and in upper case, with a ? for each parameter and each literal. */
    static String shape(String sql) {
        return sql.replaceAll("\\$\\d+", "?")
                .replaceAll("'[^']*'", "?")
                .replaceAll("\\b\\d+\\b", "?")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?([(),=]) ?", "$1")
                .trim()
                .toUpperCase(Locale.ROOT);
    }
}
