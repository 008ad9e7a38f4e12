package dev.headroom.demo.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /**
     * How often each command reached Redis, in capitals; subcommands are added up. Asks without a client, whose greeting would be
     * counted as well; the asking itself is left out.
     */
    Map<String, Long> commandCalls() throws IOException {
        Map<String, Long> calls = new TreeMap<>();
        long refused = 0;
        for (String line : redisInfo()) {
            if (line.startsWith("cmdstat_")) {
                String name = line.substring("cmdstat_".length(), line.indexOf(':'));
                calls.merge(name.replaceFirst("\\|.*", "").toUpperCase(Locale.ROOT), field(line, "calls"), Long::sum);
                refused -= field(line, "rejected_calls") + field(line, "failed_calls");
            } else if (line.startsWith("errorstat_")) {
                refused += field(line, "count");
            }
        }
        calls.remove("INFO");
        // Jedis greets with CLIENT SETINFO; Redis 7.0 knows no such subcommand and answers with an error that is in no
        // command's
        // count.
        if (refused > 0) {
            calls.merge("CLIENT", refused, Long::sum);
        }
        return calls;
    }

    private List<String> redisInfo() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Socket socket = new Socket(redis.getHost(), redis.getPort());
                BufferedReader answer =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("INFO all\r\n".getBytes(StandardCharsets.US_ASCII));
            int left = Integer.parseInt(answer.readLine().substring("$".length()));
            while (left > 0) {
                String line = answer.readLine();
                left -= line.length() + "\r\n".length();
                lines.add(line);
            }
        }
        return lines;
    }

    private static long field(String line, String name) {
        Matcher field = Pattern.compile("[:,]" + name + "=(\\d+)").matcher(line);
        return field.find() ? Long.parseLong(field.group(1)) : 0;
    }

    /** The statement in one line and in upper case, with a ? for each parameter, each literal and each list after IN. */
    static String shape(String sql) {
        return sql.replaceAll("/\\*.*?\\*/", "")
                .replaceAll("\\$\\d+", "?")
                .replaceAll("'[^']*'", "?")
                .replaceAll("\\b\\d+\\b", "?")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?([(),=]) ?", "$1")
                .replaceAll("(?i)\\bIN\\(\\?(,\\?)+\\)", "IN(?)")
                .trim()
                .toUpperCase(Locale.ROOT);
    }
}
