package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.Value;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches, cursors, stream states and what is to be rolled up into one raw file in one transaction: after a crash either all
 * of a request is there or nothing. Used by the writing thread alone.
 */
final class RawWriter {
    private final long source;
    private final SeriesPool pool;
    private final RawPoints.Writer rows = new RawPoints.Writer();
    private @Nullable Statements statements;
    private @Nullable NameWriter names;

    /** What a transaction wrote. */
    record Written(List<Outcome> outcomes, List<StoredRow> rows) {}

    /** @param source number of the raw file */
    RawWriter(long source, SeriesPool pool) {
        this.source = source;
        this.pool = pool;
    }

    /**
     * In the connection's open transaction.
     *
     * @param now Unix milliseconds
     */
    Written write(Connection connection, List<Batch> batches, long now) throws SQLException {
        Statements prepared = statements;
        NameWriter names = this.names;
        if (prepared == null || names == null || prepared.connection() != connection) {
            prepared = new Statements(connection);
            names = new NameWriter(prepared, pool);
            statements = prepared;
            this.names = names;
        }
        names.trim();
        Transaction transaction =
                new Transaction(prepared, names, now, new Written(new ArrayList<>(), new ArrayList<>()));
        for (Batch batch : batches) {
            transaction.written.outcomes.add(transaction.write(batch));
        }
        return transaction.written;
    }

    /** After a rollback. */
    void rolledBack() {
        statements = null;
        names = null;
    }

    private final class Transaction {
        private final Statements statements;
        private final NameWriter names;
        private final long now;
        private final Written written;

        Transaction(Statements statements, NameWriter names, long now, Written written) {
            this.statements = statements;
            this.names = names;
            this.now = now;
            this.written = written;
        }

        Outcome write(Batch batch) throws SQLException {
            int service = names.service(batch.sender().service());
            long sender = sender(service, batch.sender());
            Batch.Cursor cursor = batch.cursor();
            if (cursor != null) {
                Long stored = statements.number(
                        "SELECT sequence FROM cursor WHERE sender = ? AND signal = ?", sender, cursor.signal());
                long before = stored == null ? 0 : stored;
                if (cursor.sequence() <= before) {
                    statements.run(
                            "UPDATE cursor SET duplicates = duplicates + 1 WHERE sender = ? AND signal = ?",
                            sender,
                            cursor.signal());
                    return new Outcome.Duplicate(before);
                }
                statements.run("""
                        INSERT INTO cursor (sender, signal, sequence, gaps, duplicates) VALUES (?, ?, ?, ?, 0)
                        ON CONFLICT DO UPDATE SET sequence = excluded.sequence, gaps = gaps + excluded.gaps
                        """, sender, cursor.signal(), cursor.sequence(), cursor.sequence() - before - 1);
                if (batch.delivery() != null) {
                    LedgerTable.add(statements, sender, batch, batch.delivery());
                }
            }
            if (!batch.points().isEmpty()) {
                insert(service, sender, batch);
            }
            if (batch.streams() != null) {
                statements.run(
                        "UPDATE sender SET streams = ? WHERE id = ?",
                        batch.streams().bytes(),
                        sender);
            }
            return new Outcome.Stored();
        }

        private long sender(int service, Sender sender) throws SQLException {
            byte[] resource = Keys.write(sender.resource());
            Long known = statements.number(
                    "SELECT id FROM sender WHERE service = ? AND instance = ?", service, sender.instance());
            if (known != null) {
                statements.run("UPDATE sender SET last_report = ?, resource = ? WHERE id = ?", now, resource, known);
                return known;
            }
            return statements.insert(
                    "INSERT INTO sender (service, instance, resource, first_report, last_report) VALUES (?, ?, ?, ?, ?)",
                    service,
                    sender.instance(),
                    resource,
                    now,
                    now);
        }

        private void insert(int service, long sender, Batch batch) throws SQLException {
            long start = Grid.start(batch);
            long end = Grid.end(batch);
            boolean crosses = Grid.crossed(start, end, Grid.CELL_MILLIS);
            RawPoints points = rows.write(names, batch);
            long id = statements.insert(
                    "INSERT INTO raw (service, sender, start_time, end_time, crosses, points) VALUES (?, ?, ?, ?, ?, ?)",
                    service,
                    sender,
                    start,
                    end,
                    crosses ? 1 : 0,
                    points.bytes());
            if (crosses) {
                statements.run(
                        "UPDATE service SET longest = ? WHERE id = ? AND longest < ?",
                        end - start,
                        service,
                        end - start);
            }
            List<Value> values = new ArrayList<>(batch.points().size());
            batch.points().forEach(point -> values.add(point.value()));
            written.rows.add(new StoredRow(
                    batch.sender().service(),
                    batch.sender().instance(),
                    source,
                    id,
                    todo(service, Pending.minute(end), id),
                    start,
                    end,
                    points.series(),
                    values));
        }

        /** The first row of the part that the row belongs to. */
        private long todo(int service, long minute, long row) throws SQLException {
            PreparedStatement insert = statements.with("""
                    INSERT INTO todo (service, minute, first, last) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET last = excluded.last RETURNING first
                    """, service, minute, row, row);
            try (ResultSet part = insert.executeQuery()) {
                return part.next() ? part.getLong(1) : row;
            }
        }
    }
}
