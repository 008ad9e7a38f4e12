package dev.headroom.dashboard.plan;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * MySQL and MariaDB, whose EXPLAIN wants values: a date, which as a number is a year, compares with columns of most types; a limit of 20.
 * Stateless.
 */
final class MySqlPlans implements PlanSource {
    private static final Pattern LIMIT = Pattern.compile("\\b(LIMIT|OFFSET) \\?(?:, \\?)?", Pattern.CASE_INSENSITIVE);
    private static final String VALUE = "'2000-01-01'";

    @Override
    public void prepare(Connection connection, Duration timeout) throws SQLException {
        boolean mariaDb = connection.getMetaData().getDatabaseProductName().contains("MariaDB");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION TRANSACTION READ ONLY");
            statement.execute(
                    mariaDb
                            ? "SET SESSION max_statement_time = " + timeout.toMillis() / 1000.0
                            : "SET SESSION max_execution_time = " + timeout.toMillis());
        }
    }

    @Override
    public Plan explain(Connection connection, String text) throws SQLException {
        String limited = LIMIT.matcher(text).replaceAll("$1 20");
        String valued = Explainable.with(limited, n -> VALUE);
        List<String> lines = new ArrayList<>();
        List<Plan.Scan> scans = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("EXPLAIN " + valued)) {
            while (result.next()) {
                String table = text(result, "table");
                String access = text(result, "type");
                String key = text(result, "key");
                String extra = text(result, "Extra");
                lines.add(access + (key.isEmpty() ? "" : " using " + key) + (table.isEmpty() ? "" : " on " + table));
                if (access.equals("ALL") && extra.contains("Using where")) {
                    String named = named(text, table);
                    scans.add(new Plan.Scan(named, result.getLong("rows"), FilterColumns.ofStatement(text, named)));
                }
            }
        }
        return new Plan(lines, scans);
    }

    private static String text(ResultSet result, String column) throws SQLException {
        String text = result.getString(column);
        return text == null ? "" : text;
    }

    /** The plan names a table by its alias. */
    private static String named(String text, String alias) {
        var table = Pattern.compile(
                        "\\b(?:FROM|JOIN)\\s+(?:[`\\w$]+\\.)?`?([\\w$]+)`?\\s+(?:AS\\s+)?`?" + Pattern.quote(alias)
                                + "\\b",
                        Pattern.CASE_INSENSITIVE)
                .matcher(text);
        return table.find() ? table.group(1) : alias;
    }
}
