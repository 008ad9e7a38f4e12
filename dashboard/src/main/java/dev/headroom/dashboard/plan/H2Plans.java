package dev.headroom.dashboard.plan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** H2: the statement comes back with the chosen indexes as comments. Stateless. */
final class H2Plans implements PlanSource {
    private static final Pattern ACCESS = Pattern.compile("/\\* (\\w+)\\.(\\w+)(?:\\.(tableScan))?");
    private static final String SCAN = "tableScan";

    @Override
    public void prepare(Connection connection, Duration timeout) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET QUERY_TIMEOUT " + timeout.toMillis());
        }
    }

    @Override
    public Plan explain(Connection connection, String text) throws SQLException {
        List<String> lines = new ArrayList<>();
        List<Plan.Scan> scans = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + text)) {
            for (int i = 1; i <= Explainable.placeholders(text); i++) {
                statement.setNull(i, Types.NULL);
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    read(connection, text, result.getString(1), lines, scans);
                }
            }
        }
        return new Plan(lines, scans);
    }

    private static void read(Connection connection, String text, String plan, List<String> lines, List<Plan.Scan> scans)
            throws SQLException {
        Matcher access = ACCESS.matcher(plan);
        while (access.find()) {
            String name = access.group(2);
            if (SCAN.equals(access.group(3))) {
                lines.add(SCAN + " on " + name);
                scans.add(new Plan.Scan(
                        name, rows(connection, access.group(1), name), FilterColumns.ofStatement(text, name)));
            } else {
                lines.add("index " + name);
            }
        }
    }

    private static long rows(Connection connection, String schema, String table) throws SQLException {
        try (PreparedStatement rows =
                connection.prepareStatement("SELECT ROW_COUNT_ESTIMATE FROM INFORMATION_SCHEMA.TABLES "
                        + "WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?")) {
            rows.setString(1, schema);
            rows.setString(2, table);
            try (ResultSet result = rows.executeQuery()) {
                return result.next() ? result.getLong(1) : -1;
            }
        }
    }
}
