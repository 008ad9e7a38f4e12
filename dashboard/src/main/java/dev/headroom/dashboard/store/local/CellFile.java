package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a tier's file. Stateless and thread-safe. */
final class CellFile {
    /** In place of a metric: how many windows the cell is made of. */
    static final int WINDOWS = 0;

    interface Rows {
        /** Whether the row's points are to be read. */
        boolean wants(Interval interval, long source, long part);

        /** @param sender 0 in tiers of services */
        void row(Interval interval, int metric, int sender, byte[] points) throws SQLException;

        /** A row that had to be skipped. */
        void damaged(DamagedRowException row);
    }

    private CellFile() {}

    /**
     * Rows that end in {@code (from, to]}, by their ends.
     *
     * @param metrics null for all, {@link #WINDOWS} among them
     */
    static void read(Connection connection, int service, long from, long to, @Nullable List<Integer> metrics, Rows rows)
            throws SQLException {
        StringBuilder sql = new StringBuilder("""
                SELECT start_time, end_time, source, part, metric, sender, points FROM cell
                WHERE service = ? AND end_time > ? AND end_time <= ?""");
        if (metrics != null) {
            sql.append(" AND metric IN (-1");
            metrics.forEach(metric -> sql.append(',').append(metric.intValue()));
            sql.append(')');
        }
        sql.append(" ORDER BY end_time");
        try (PreparedStatement query = connection.prepareStatement(sql.toString())) {
            query.setInt(1, service);
            query.setLong(2, from);
            query.setLong(3, to);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Interval interval = new Interval(row.getLong(1), row.getLong(2));
                    if (rows.wants(interval, row.getLong(3), row.getLong(4))) {
                        row(rows, interval, row);
                    }
                }
            }
        }
    }

    private static void row(Rows rows, Interval interval, ResultSet row) throws SQLException {
        try {
            rows.row(interval, row.getInt(5), row.getInt(6), row.getBytes(7));
        } catch (DamagedRowException damaged) {
            rows.damaged(damaged);
        }
    }

    /** Whether a cell that the time lies inside of has a row that is wanted. */
    static boolean hasCellAround(Connection connection, int service, long time, long cellMillis, Rows rows)
            throws SQLException {
        long start = Math.floorDiv(time, cellMillis) * cellMillis;
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT DISTINCT source, part FROM cell WHERE service = ? AND end_time = ? AND start_time = ?")) {
            query.setInt(1, service);
            query.setLong(2, start + cellMillis);
            query.setLong(3, start);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    if (rows.wants(new Interval(start, start + cellMillis), row.getLong(1), row.getLong(2))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** What windows that fit no cell and that the time lies inside of cover together; null when there is none. */
    static @Nullable Interval cutAt(Connection connection, int service, long time) throws SQLException {
        return RawRows.interval(connection, """
                SELECT min(start_time), max(end_time) FROM crossing
                WHERE service = ? AND end_time > ? AND end_time < (SELECT ? + longest FROM service WHERE id = ?)
                  AND start_time < ?
                """, service, time, time, service, time);
    }

    /**
     * Takes back what an interrupted roll-up may have left, before the rows are written again.
     *
     * @param part null for every part of the source
     */
    static void clear(Statements statements, int service, long from, long to, long source, @Nullable Long part)
            throws SQLException {
        if (part == null) {
            statements.run(
                    "DELETE FROM cell WHERE service = ? AND end_time > ? AND end_time <= ? AND source = ?",
                    service,
                    from,
                    to,
                    source);
        } else {
            statements.run(
                    "DELETE FROM cell WHERE service = ? AND end_time > ? AND end_time <= ? AND source = ? AND part = ?",
                    service,
                    from,
                    to,
                    source,
                    part);
        }
    }

    static void put(
            Statements statements,
            int service,
            Interval interval,
            int metric,
            int sender,
            long source,
            long part,
            byte[] points)
            throws SQLException {
        statements.run("""
                INSERT INTO cell (service, end_time, start_time, metric, sender, source, part, points)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, service, interval.end(), interval.start(), metric, sender, source, part, points);
    }

    static void putCrossing(Statements statements, int service, Interval interval) throws SQLException {
        statements.run(
                "INSERT INTO crossing (service, end_time, start_time) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                service,
                interval.end(),
                interval.start());
        long length = interval.end() - interval.start();
        statements.run("UPDATE service SET longest = ? WHERE id = ? AND longest < ?", length, service, length);
    }
}
