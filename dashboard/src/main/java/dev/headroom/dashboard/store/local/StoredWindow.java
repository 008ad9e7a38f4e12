package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Value;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The decoded points of one row: series ids and their values, in the same order. Immutable by convention. */
record StoredWindow(List<Entry> entries, int weight) {
    private static final int BYTES_PER_ENTRY = 160;
    private static final int BYTES_PER_BLOB_BYTE = 8;

    record Entry(int series, Value value) {}

    static byte[] encode(Connection connection, SeriesDictionary series, List<Point> points) throws SQLException {
        BlobWriter out = new BlobWriter();
        for (Point point : points) {
            out.varint(series.id(connection, point.key()));
            ValueCodec.write(out, point.value());
        }
        return out.toByteArray();
    }

    /** Several windows of one sender as one. */
    static StoredWindow merged(Totals totals, int parts, int weightOfParts) {
        // Series repeat from window to window: the merged one is hardly larger than each.
        return new StoredWindow(List.copyOf(totals.entries()), weightOfParts / parts * 2);
    }

    static StoredWindow decode(byte[] blob) {
        List<Entry> entries = new ArrayList<>();
        BlobReader in = new BlobReader(blob);
        while (in.hasMore()) {
            entries.add(new Entry(in.smallVarint(), ValueCodec.read(in)));
        }
        return new StoredWindow(
                List.copyOf(entries), entries.size() * BYTES_PER_ENTRY + blob.length * BYTES_PER_BLOB_BYTE);
    }
}
