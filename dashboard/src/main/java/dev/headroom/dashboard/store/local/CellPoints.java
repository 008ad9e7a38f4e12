package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The values of one metric in one cell as bytes. Stateless and thread-safe. */
final class CellPoints {
    private static final int PLAIN = 0;
    private static final int DEFLATED = 1;
    private static final int WORTH_DEFLATING = 256;

    interface Visitor {
        /** @param sender 0 when merged over all, or when the row is of one sender */
        void visit(int series, int sender, Value value) throws SQLException;
    }

    private record Entry(Series series, @Nullable String instance, Value value) {}

    private CellPoints() {}

    static byte[] write(NameWriter names, String service, Totals totals, boolean deflate) throws SQLException {
        List<Entry> entries = new ArrayList<>(totals.size());
        totals.each((series, instance, value) -> entries.add(new Entry(series, instance, value)));
        BlobWriter out = new BlobWriter(entries.size() * PackedValues.WRITTEN_BYTES);
        out.varint(PLAIN);
        for (Entry entry : entries) {
            out.varint(names.series(service, entry.series)).varint(names.sender(service, entry.instance));
            ValueCodec.write(out, entry.value);
        }
        return CheckSum.close(deflate && out.length() > WORTH_DEFLATING ? deflated(out) : out);
    }

    private static BlobWriter deflated(BlobWriter plain) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            byte[] bytes = plain.toByteArray();
            deflater.setInput(bytes, 1, bytes.length - 1);
            deflater.finish();
            BlobWriter out = new BlobWriter().varint(DEFLATED).varint(bytes.length - 1);
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                out.bytes(buffer, 0, deflater.deflate(buffer));
            }
            return out.length() < plain.length() ? out : plain;
        } finally {
            deflater.end();
        }
    }

    static byte[] windows(int windows) {
        return CheckSum.close(new BlobWriter().varint(windows));
    }

    static int windows(byte[] bytes) {
        return CheckSum.open(bytes).smallVarint();
    }

    static void read(byte[] bytes, Visitor visitor) throws SQLException {
        BlobReader in = CheckSum.open(bytes);
        if (in.smallVarint() == DEFLATED) {
            int size = in.smallVarint();
            in = new BlobReader(inflated(bytes, in.position(), size));
        }
        while (in.hasMore()) {
            visitor.visit(in.smallVarint(), in.smallVarint(), ValueCodec.read(in));
        }
    }

    private static byte[] inflated(byte[] bytes, int from, int size) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, from, bytes.length - from);
            byte[] plain = new byte[size];
            int length = 0;
            while (length < size) {
                int more = inflater.inflate(plain, length, size - length);
                if (more == 0) {
                    throw new DamagedRowException("a deflated cell ends after " + length + " of " + size + " bytes");
                }
                length += more;
            }
            return plain;
        } catch (DataFormatException failure) {
            throw new DamagedRowException("a deflated cell cannot be read: " + failure.getMessage());
        } finally {
            inflater.end();
        }
    }
}
