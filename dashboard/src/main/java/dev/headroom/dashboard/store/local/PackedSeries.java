package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Series with names and values in one compressed piece, for what stands alone. Stateless. */
final class PackedSeries {
    private static final int FORMAT = 1;

    private PackedSeries() {}

    static byte[] pack(List<SeriesData> all) {
        BlobWriter out = new BlobWriter().varint(FORMAT).varint(all.size());
        for (SeriesData data : all) {
            out.text(data.key().metric()).varint(data.key().attributes().size());
            data.key().attributes().forEach((key, value) -> out.text(key).text(value));
            String instance = data.instance();
            out.text(instance == null ? "" : instance);
            ValueCodec.write(out, data.value());
        }
        return compressed(out.toByteArray());
    }

    /** @throws DataFormatException when it is not what {@link #pack} made */
    static List<SeriesData> unpack(byte[] packed) throws DataFormatException {
        try {
            BlobReader in = new BlobReader(expanded(packed));
            if (in.smallVarint() != FORMAT) {
                throw new DataFormatException("unknown format");
            }
            List<SeriesData> all = new ArrayList<>();
            int size = in.smallVarint();
            for (int i = 0; i < size; i++) {
                String metric = in.text();
                int attributes = in.smallVarint();
                Map<String, String> named = new TreeMap<>();
                for (int j = 0; j < attributes; j++) {
                    named.put(in.text(), in.text());
                }
                String instance = in.text();
                Value value = ValueCodec.read(in);
                all.add(new SeriesData(new SeriesKey(metric, named), instance.isEmpty() ? null : instance, value));
            }
            return all;
        } catch (IndexOutOfBoundsException | ArithmeticException | IllegalStateException e) {
            throw new DataFormatException(e.toString());
        }
    }

    private static byte[] compressed(byte[] bytes) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
            byte[] part = new byte[8192];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] expanded(byte[] packed) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            ByteArrayOutputStream out = new ByteArrayOutputStream(packed.length * 4);
            byte[] part = new byte[8192];
            while (!inflater.finished()) {
                int length = inflater.inflate(part);
                if (length == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new DataFormatException("it ends too early");
                }
                out.write(part, 0, length);
            }
            return out.toByteArray();
        } finally {
            inflater.end();
        }
    }
}
