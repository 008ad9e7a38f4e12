package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.Sender;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches, cursors and stream states in one transaction: after a crash either all of a request is there or nothing. Used by
 * the writing thread alone.
 */
final class BatchTransaction {
    private final Connection connection;
    private final SeriesDictionary series;
    private final InstantSource clock;

    BatchTransaction(Connection connection, SeriesDictionary series, InstantSource clock) {
        this.connection = connection;
        this.series = series;
        this.clock = clock;
    }

    /** One outcome per batch, all of them durable; on a failure nothing is. */
    List<Outcome> write(List<Batch> batches) throws SQLException {
        List<Outcome> outcomes = new ArrayList<>(batches.size());
        connection.setAutoCommit(false);
        try {
            for (Batch batch : batches) {
                outcomes.add(write(batch));
            }
            connection.commit();
            series.committed();
            return outcomes;
        } catch (SQLException | RuntimeException failure) {
            connection.rollback();
            series.rolledBack();
            throw failure;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private Outcome write(Batch batch) throws SQLException {
        long service = service(batch.sender().service());
        long sender = sender(service, batch.sender());
        if (batch.cursor() != null) {
            long before = sequence(sender, batch.cursor().signal());
            long sequence = batch.cursor().sequence();
            if (sequence <= before) {
                countDuplicate(sender, batch.cursor().signal());
                return new Outcome.Duplicate(before);
            }
            moveCursor(sender, batch.cursor(), sequence - before - 1);
            if (batch.delivery() != null) {
                LedgerTable.add(connection, sender, batch, batch.delivery());
            }
        }
        if (!batch.points().isEmpty()) {
            insert(service, sender, batch);
        }
        if (batch.streams() != null) {
            run("UPDATE sender SET streams = ? WHERE id = ?", batch.streams().bytes(), sender);
        }
        return new Outcome.Stored();
    }

    private long service(String name) throws SQLException {
        Long known = number("SELECT id FROM service WHERE name = ?", name);
        if (known != null) {
            return known;
        }
        run("INSERT INTO service (name) VALUES (?)", name);
        return lastRow();
    }

    private long sender(long service, Sender sender) throws SQLException {
        long now = clock.millis();
        Long known = number("SELECT id FROM sender WHERE service = ? AND instance = ?", service, sender.instance());
        byte[] resource = Keys.write(sender.resource());
        if (known != null) {
            run("UPDATE sender SET last_report = ?, resource = ? WHERE id = ?", now, resource, known);
            return known;
        }
        run(
                "INSERT INTO sender (service, instance, resource, first_report, last_report) VALUES (?, ?, ?, ?, ?)",
                service,
                sender.instance(),
                resource,
                now,
                now);
        return lastRow();
    }

    private long sequence(long sender, String signal) throws SQLException {
        Long known = number("SELECT sequence FROM cursor WHERE sender = ? AND signal = ?", sender, signal);
        return known == null ? 0 : known;
    }

    private void countDuplicate(long sender, String signal) throws SQLException {
        run("UPDATE cursor SET duplicates = duplicates + 1 WHERE sender = ? AND signal = ?", sender, signal);
    }

    private void moveCursor(long sender, Batch.Cursor cursor, long gap) throws SQLException {
        run("""
                INSERT INTO cursor (sender, signal, sequence, gaps, duplicates) VALUES (?, ?, ?, ?, 0)
                ON CONFLICT DO UPDATE SET sequence = excluded.sequence, gaps = gaps + excluded.gaps
                """, sender, cursor.signal(), cursor.sequence(), gap);
    }

    private void insert(long service, long sender, Batch batch) throws SQLException {
        long start = Grid.start(batch);
        long end = Grid.end(batch);
        boolean crosses = Grid.crossed(start, end, Grid.CELL_MILLIS);
        run(
                "INSERT INTO raw (service, sender, start_time, end_time, crosses, points) VALUES (?, ?, ?, ?, ?, ?)",
                service,
                sender,
                start,
                end,
                crosses ? 1 : 0,
                StoredWindow.encode(connection, series, batch.points()));
        if (crosses) {
            run("UPDATE service SET longest = ? WHERE id = ? AND longest < ?", end - start, service, end - start);
        }
    }

    private @Nullable Long number(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : null;
        }
    }

    private void run(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private long lastRow() throws SQLException {
        Long id = number("SELECT last_insert_rowid()");
        return id == null ? 0 : id;
    }
}
