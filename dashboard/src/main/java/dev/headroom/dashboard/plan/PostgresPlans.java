package dev.headroom.dashboard.plan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * PostgreSQL: a generic plan, which needs no values. From 16 on EXPLAIN has an option for it; before, a statement prepared with
 * {@code plan_cache_mode = force_generic_plan} and explained with NULLs has the same. Stateless.
 */
final class PostgresPlans implements PlanSource {
    private static final int GENERIC_PLAN_SINCE = 16;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final boolean alwaysPrepared;

    /** @param alwaysPrepared as before 16 */
    PostgresPlans(boolean alwaysPrepared) {
        this.alwaysPrepared = alwaysPrepared;
    }

    @Override
    public void prepare(Connection connection, Duration timeout) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = on");
            statement.execute("SET statement_timeout = " + timeout.toMillis());
            statement.execute("SET lock_timeout = " + timeout.toMillis());
            statement.execute("SET plan_cache_mode = force_generic_plan");
        }
    }

    @Override
    public Plan explain(Connection connection, String text) throws SQLException {
        String numbered = Explainable.with(text, n -> "$" + n);
        boolean option = !alwaysPrepared && connection.getMetaData().getDatabaseMajorVersion() >= GENERIC_PLAN_SINCE;
        try (Statement statement = connection.createStatement()) {
            if (option) {
                return read(connection, statement, "EXPLAIN (GENERIC_PLAN, FORMAT JSON) " + numbered);
            }
            statement.execute("PREPARE headroom_plan AS " + numbered);
            try {
                int n = Explainable.placeholders(text);
                String values = n == 0 ? "" : "(" + String.join(", ", Collections.nCopies(n, "NULL")) + ")";
                return read(connection, statement, "EXPLAIN (FORMAT JSON) EXECUTE headroom_plan" + values);
            } finally {
                statement.execute("DEALLOCATE headroom_plan");
            }
        }
    }

    private static Plan read(Connection connection, Statement statement, String sql) throws SQLException {
        StringBuilder json = new StringBuilder();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                json.append(result.getString(1)).append('\n');
            }
        }
        List<String> lines = new ArrayList<>();
        List<Plan.Scan> scans = new ArrayList<>();
        try {
            walk(connection, JSON.readTree(json.toString()).path(0).path("Plan"), 0, lines, scans);
        } catch (JacksonException unreadable) {
            throw new SQLException("PostgreSQL's plan is no JSON: " + unreadable.getOriginalMessage(), unreadable);
        }
        return new Plan(lines, scans);
    }

    private static void walk(Connection connection, JsonNode node, int depth, List<String> lines, List<Plan.Scan> scans)
            throws SQLException {
        String type = node.path("Node Type").asString("");
        String table = node.path("Relation Name").asString("");
        String index = node.path("Index Name").asString("");
        lines.add("  ".repeat(depth)
                + type
                + (index.isEmpty() ? "" : " using " + index)
                + (table.isEmpty() ? "" : " on " + table));
        if (type.equals("Seq Scan") && !table.isEmpty()) {
            scans.add(new Plan.Scan(
                    table,
                    rows(connection, table),
                    FilterColumns.ofCondition(node.path("Filter").asString(""))));
        }
        for (JsonNode child : node.path("Plans")) {
            walk(connection, child, depth + 1, lines, scans);
        }
    }

    /** As of the last ANALYZE or VACUUM; -1 when there was none yet. */
    private static long rows(Connection connection, String table) throws SQLException {
        try (PreparedStatement rows = connection.prepareStatement(
                "SELECT max(reltuples)::bigint FROM pg_class WHERE relname = ? AND relkind IN ('r', 'p')")) {
            rows.setString(1, table);
            try (ResultSet result = rows.executeQuery()) {
                return result.next() ? result.getLong(1) : -1;
            }
        }
    }
}
