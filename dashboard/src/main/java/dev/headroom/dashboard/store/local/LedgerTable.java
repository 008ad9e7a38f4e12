package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.ClockOffset;
import dev.headroom.dashboard.store.Delivered;
import dev.headroom.dashboard.store.Delivery;
import dev.headroom.dashboard.store.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * How senders' batches came, in the file that has their cursors: one row per sender and signal, rewritten with every batch, some
 * forty bytes for a sender without trouble and at most a few kilobytes. Stateless.
 */
final class LedgerTable {
    private LedgerTable() {}

    /** Within the transaction that moves the cursor. */
    static void add(Statements statements, long sender, Batch batch, Delivery delivery) throws SQLException {
        Batch.Cursor cursor = batch.cursor();
        if (cursor == null) {
            return;
        }
        Delivered delivered = before(statements, sender, cursor.signal()).plus(batch.start(), batch.end(), delivery);
        statements.run(
                "INSERT OR REPLACE INTO ledger (sender, signal, delivered) VALUES (?, ?, ?)",
                sender,
                cursor.signal(),
                write(delivered));
    }

    private static Delivered before(Statements statements, long sender, String signal) throws SQLException {
        try (ResultSet row = statements
                .with("SELECT delivered FROM ledger WHERE sender = ? AND signal = ?", sender, signal)
                .executeQuery()) {
            return row.next() ? read(row.getBytes(1)) : Delivered.NOTHING;
        }
    }

    /** Newest arrival first. */
    static List<Ledger> read(Connection connection, String service) throws SQLException {
        List<Ledger> ledgers = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT instance, resource, cursor.signal, sequence, gaps, duplicates, delivered
                FROM service JOIN sender ON sender.service = service.id
                JOIN cursor ON cursor.sender = sender.id
                JOIN ledger ON ledger.sender = sender.id AND ledger.signal = cursor.signal
                WHERE service.name = ? ORDER BY last_report DESC, instance, cursor.signal
                """)) {
            query.setString(1, service);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ledgers.add(new Ledger(
                            service,
                            rows.getString(1),
                            Keys.readMap(rows.getBytes(2)),
                            rows.getString(3),
                            rows.getLong(4),
                            rows.getLong(5),
                            rows.getLong(6),
                            read(rows.getBytes(7))));
                }
            }
        }
        return ledgers;
    }

    static byte[] write(Delivered delivered) {
        BlobWriter out = new BlobWriter()
                .varint(delivered.batches())
                .varint(delivered.windows())
                .varint(delivered.lateBatches())
                .varint(delivered.intervalMillis())
                .varint(delivered.ended() ? 1 : 0)
                .signed(delivered.lastArrivalMillis())
                .signed(delivered.clock().sinceMillis())
                .signed(delivered.clock().runningMillis())
                .signed(delivered.clock().previousMillis())
                .varint(delivered.spans().size());
        long at = 0;
        for (Delivered.Span span : delivered.spans()) {
            out.signed(span.fromMillis() - at)
                    .signed(span.toMillis() - span.fromMillis())
                    .varint(code(span.arrival()));
            at = span.toMillis();
        }
        return out.toByteArray();
    }

    static Delivered read(byte[] blob) {
        BlobReader in = new BlobReader(blob);
        long batches = in.varint();
        long windows = in.varint();
        long late = in.varint();
        long interval = in.varint();
        boolean ended = in.varint() == 1;
        long arrival = in.signed();
        ClockOffset clock = new ClockOffset(in.signed(), in.signed(), in.signed());
        List<Delivered.Span> spans = new ArrayList<>();
        long at = 0;
        for (int left = in.smallVarint(); left > 0; left--) {
            long from = at + in.signed();
            at = from + in.signed();
            spans.add(new Delivered.Span(from, at, arrival(in.smallVarint())));
        }
        return new Delivered(batches, windows, late, interval, ended, arrival, clock, List.copyOf(spans));
    }

    private static int code(Delivered.Arrival arrival) {
        return switch (arrival) {
            case IN_TIME -> 0;
            case LATE -> 1;
            case MISSING -> 2;
        };
    }

    private static Delivered.Arrival arrival(int code) {
        return switch (code) {
            case 0 -> Delivered.Arrival.IN_TIME;
            case 1 -> Delivered.Arrival.LATE;
            default -> Delivered.Arrival.MISSING;
        };
    }
}
