package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a raw file. Stateless and thread-safe. */
final class RawRows {
    /** A row without its points. */
    record Row(long id, int sender, long start, long end) {
        Interval interval() {
            return Interval.of(start, end, Grid.CELL_MILLIS);
        }
    }

    private RawRows() {}

    /** Rows of windows that end in {@code (from, to]}, by their ends. */
    static List<Row> list(Connection connection, int service, long from, long to) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT id, sender, start_time, end_time FROM raw
                WHERE service = ? AND end_time > ? AND end_time <= ? ORDER BY end_time, id
                """)) {
            query.setInt(1, service);
            query.setLong(2, from);
            query.setLong(3, to);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(row.getLong(1), row.getInt(2), row.getLong(3), row.getLong(4)));
                }
            }
        }
        return rows;
    }

    /** Reads points of rows one after another. */
    static PreparedStatement points(Connection connection) throws SQLException {
        return connection.prepareStatement("SELECT points FROM raw WHERE id = ?");
    }

    static byte[] points(PreparedStatement query, long id) throws SQLException {
        query.setLong(1, id);
        try (ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                throw new DamagedException("Row " + id + " is in an index only");
            }
            return row.getBytes(1);
        }
    }

    /** What windows across the grid that the time lies inside of cover together; null when there is none. */
    static @Nullable Interval cutAt(Connection connection, int service, long time) throws SQLException {
        Interval cut = interval(connection, """
                SELECT min(start_time), max(end_time) FROM raw
                WHERE service = ? AND crosses = 1 AND end_time > ?
                  AND end_time < (SELECT ? + longest FROM service WHERE id = ?) AND start_time < ?
                """, service, time, time, service, time);
        return cut == null ? null : Interval.of(cut.start(), cut.end(), Grid.CELL_MILLIS);
    }

    /** Whether any window of the service lies across the file's grid, in files of rows and of cells. */
    static boolean anyCrossing(Connection connection, int service) throws SQLException {
        Long longest = number(connection, "SELECT longest FROM service WHERE id = " + service);
        return longest != null && longest > 0;
    }

    static @Nullable Long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : null;
        }
    }

    static @Nullable Interval interval(Connection connection, String sql, long... parameters) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setLong(i + 1, parameters[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getObject(1) != null ? new Interval(row.getLong(1), row.getLong(2)) : null;
            }
        }
    }
}
