package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.SeriesKey;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Series keys and attribute maps as bytes. Stateless and thread-safe. */
final class Keys {
    private Keys() {}

    static byte[] write(SeriesKey key) {
        BlobWriter out = new BlobWriter().text(key.metric());
        write(out, key.attributes());
        return out.toByteArray();
    }

    static SeriesKey read(byte[] blob) {
        BlobReader in = new BlobReader(blob);
        return new SeriesKey(in.text(), map(in));
    }

    static byte[] write(Map<String, String> attributes) {
        BlobWriter out = new BlobWriter();
        write(out, attributes);
        return out.toByteArray();
    }

    static Map<String, String> readMap(byte[] blob) {
        return map(new BlobReader(blob));
    }

    private static void write(BlobWriter out, Map<String, String> attributes) {
        out.varint(attributes.size());
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            out.text(attribute.getKey()).text(attribute.getValue());
        }
    }

    private static Map<String, String> map(BlobReader in) {
        Map<String, String> attributes = new TreeMap<>();
        for (int left = in.smallVarint(); left > 0; left--) {
            attributes.put(in.text(), in.text());
        }
        return Collections.unmodifiableMap(attributes);
    }
}
