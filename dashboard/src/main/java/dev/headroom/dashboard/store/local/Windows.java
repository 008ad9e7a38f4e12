package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The stored windows of a span, oldest first. Used by one thread at a time. */
final class Windows {
    /** A stored window. {@code windows} is how many batches it holds. */
    record Row(long id, long sender, long end, int windows) {}

    private final Connection connection;
    private final WindowCache cache;

    Windows(Connection connection, WindowCache cache) {
        this.connection = connection;
        this.cache = cache;
    }

    /** One row per batch. */
    List<Row> fine(long service, Boundaries.Span span) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT id, sender, end_time FROM raw
                WHERE service = ? AND end_time > ? AND end_time <= ? AND start_time >= ?
                ORDER BY end_time, id
                """)) {
            query.setLong(1, service);
            query.setLong(2, span.from());
            query.setLong(3, span.to());
            query.setLong(4, span.from());
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.add(new Row(result.getLong(1), result.getLong(2), result.getLong(3), 1));
                }
            }
        }
        return rows;
    }

    List<Row> coarse(long service, Boundaries.Span span) throws SQLException {
        return fine(service, span);
    }

    StoredWindow load(Row row) throws SQLException {
        StoredWindow held = cache.get(row.id);
        if (held != null) {
            return held;
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT points FROM raw WHERE id = ?")) {
            query.setLong(1, row.id);
            try (ResultSet result = query.executeQuery()) {
                // Gone between the two reads: older than the retention.
                byte[] points = result.next() ? result.getBytes(1) : new byte[0];
                StoredWindow window = StoredWindow.decode(points);
                cache.put(row.id, window);
                return window;
            }
        }
    }
}
