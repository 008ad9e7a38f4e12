package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.EventStore.Kept;
import dev.headroom.dashboard.store.ExampleSearch;
import dev.headroom.dashboard.store.TimeRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds examples in {@link EventFile} by the tables beside them. Stateless. */
final class ExampleReading {
    private static final String KEPT = """
            SELECT service.name, sender.instance, event.time, event.kind, event.attributes, event.body
            FROM example JOIN event ON event.id = example.event JOIN service ON service.id = example.service
            JOIN sender ON sender.id = event.sender WHERE 1 = 1""";

    private ExampleReading() {}

    static List<Kept> example(Connection connection, String id) throws SQLException {
        return read(connection, KEPT + " AND example.name = ? ORDER BY event.id DESC LIMIT 1", List.of(id));
    }

    static List<Kept> examples(Connection connection, ExampleSearch search) throws SQLException {
        StringBuilder sql = new StringBuilder(KEPT);
        List<Object> parameters = new ArrayList<>();
        add(sql, parameters, "example.service = (SELECT id FROM service WHERE name = ?)", search.service());
        TimeRange range = search.range();
        if (range != null) {
            add(sql, parameters, "example.time > ?", range.from().toEpochMilli());
            add(sql, parameters, "example.time <= ?", range.to().toEpochMilli());
        }
        add(sql, parameters, "example.method = ?", search.method());
        add(sql, parameters, "example.route = ?", search.route());
        add(sql, parameters, "example.reason = ?", search.reason());
        String shaped = "example.event IN (SELECT event FROM example_shape WHERE shape = ?)";
        add(sql, parameters, shaped, search.fingerprint());
        sql.append(
                search.order() == ExampleSearch.Order.SLOWEST
                        ? " ORDER BY example.nanos DESC, event.id DESC LIMIT ?"
                        : " ORDER BY example.time DESC, event.id DESC LIMIT ?");
        parameters.add(search.most());
        return read(connection, sql.toString(), parameters);
    }

    private static void add(StringBuilder sql, List<Object> parameters, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            parameters.add(value);
        }
    }

    private static List<Kept> read(Connection connection, String sql, List<Object> parameters) throws SQLException {
        List<Kept> kept = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                query.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    kept.add(EventFile.kept(rows));
                }
            }
        }
        return kept;
    }
}
