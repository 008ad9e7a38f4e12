package dev.headroom.dashboard.store.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a new raw file takes over from the one before, in its first transaction: senders, their cursors and stream states. Senders
 * that have been silent for a week are left behind: one that was cut off that long may still repeat itself.
 */
final class Carry {
    private static final Duration IDLE = Duration.ofDays(7);

    /** A row of a table, without the sender's number. */
    private static final class Row {
        private final Object[] columns;

        Row(ResultSet row, int from) throws SQLException {
            this.columns = new Object[row.getMetaData().getColumnCount() - from + 1];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = row.getObject(from + i);
            }
        }

        Object[] with(Object first) {
            Object[] all = new Object[columns.length + 1];
            all[0] = first;
            System.arraycopy(columns, 0, all, 1, columns.length);
            return all;
        }
    }

    private record Carried(String service, Row sender, List<Row> cursors, List<Row> ledgers) {}

    /** In place of a source: there was no file before. */
    static final long FIRST = 0;

    private static final long UNREADABLE = -1;

    private final List<Carried> senders;
    private final long source;

    private Carry(List<Carried> senders, long source) {
        this.senders = senders;
        this.source = source;
    }

    /** @param first whether there is no earlier file */
    static Carry nothing(boolean first) {
        return new Carry(List.of(), first ? FIRST : UNREADABLE);
    }

    /**
     * @param source number of the file that the connection reads
     * @param now Unix milliseconds
     */
    static Carry of(Connection previous, long source, long now) throws SQLException {
        List<Carried> senders = new ArrayList<>();
        try (PreparedStatement query = previous.prepareStatement("""
                        SELECT sender.id, name, instance, resource, first_report, last_report, streams
                        FROM sender JOIN service ON service.id = sender.service WHERE last_report >= ? ORDER BY sender.id
                        """);
                PreparedStatement cursors = previous.prepareStatement(
                        "SELECT signal, sequence, gaps, duplicates FROM cursor WHERE sender = ?");
                PreparedStatement ledgers =
                        previous.prepareStatement("SELECT signal, delivered FROM ledger WHERE sender = ?")) {
            query.setLong(1, now - IDLE.toMillis());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    senders.add(new Carried(
                            row.getString(2),
                            new Row(row, 3),
                            rows(cursors, row.getLong(1)),
                            rows(ledgers, row.getLong(1))));
                }
            }
        }
        return new Carry(senders, source);
    }

    private static List<Row> rows(PreparedStatement query, long sender) throws SQLException {
        List<Row> rows = new ArrayList<>();
        query.setLong(1, sender);
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(row, 1));
            }
        }
        return rows;
    }

    static boolean done(Connection connection) throws SQLException {
        return RawRows.number(connection, "SELECT source FROM carried") != null;
    }

    /** Whether there was no raw file before this one: it has everything that ever came. */
    static boolean first(Connection connection) throws SQLException {
        Long source = RawRows.number(connection, "SELECT source FROM carried");
        return source != null && source == FIRST;
    }

    /** In the open transaction of a file that has no sender yet. */
    void into(Connection connection) throws SQLException {
        Statements statements = new Statements(connection);
        for (Carried sender : senders) {
            statements.run("INSERT INTO service (name) VALUES (?) ON CONFLICT DO NOTHING", sender.service);
            long id = statements.insert("""
                    INSERT INTO sender (service, instance, resource, first_report, last_report, streams)
                    VALUES ((SELECT id FROM service WHERE name = ?), ?, ?, ?, ?, ?)
                    """, sender.sender.with(sender.service));
            for (Row cursor : sender.cursors) {
                statements.run(
                        "INSERT INTO cursor (sender, signal, sequence, gaps, duplicates) VALUES (?, ?, ?, ?, ?)",
                        cursor.with(id));
            }
            for (Row ledger : sender.ledgers) {
                statements.run("INSERT INTO ledger (sender, signal, delivered) VALUES (?, ?, ?)", ledger.with(id));
            }
        }
        statements.run("INSERT INTO carried (source) VALUES (?)", source);
    }
}
