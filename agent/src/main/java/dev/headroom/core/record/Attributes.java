package dev.headroom.core.record;

import dev.headroom.catalog.Attribute;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The attributes of a series: immutable, sorted, with a remembered hash. Made when a series is made, never per call. */
public final class Attributes {
    public static final Attributes NONE = new Attributes(new Attribute[0], new String[0]);

    /** What takes the calls that a cap kept out. */
    public static final Attributes OVERFLOWN = NONE.with(Attribute.OVERFLOW, "true");

    private final Attribute[] keys;
    private final String[] values;
    private final int hash;

    private Attributes(Attribute[] keys, String[] values) {
        this.keys = keys;
        this.values = values;
        this.hash = Arrays.hashCode(keys) * 31 + Arrays.hashCode(values);
    }

    public static Attributes of(Attribute key, String value) {
        return NONE.with(key, value);
    }

    /** These and one more; an existing value of the key is replaced. */
    public Attributes with(Attribute key, String value) {
        int at = 0;
        while (at < keys.length && keys[at].compareTo(key) < 0) {
            at++;
        }
        boolean replace = at < keys.length && keys[at] == key;
        Attribute[] newKeys = new Attribute[keys.length + (replace ? 0 : 1)];
        String[] newValues = new String[newKeys.length];
        System.arraycopy(keys, 0, newKeys, 0, at);
        System.arraycopy(values, 0, newValues, 0, at);
        newKeys[at] = key;
        newValues[at] = value;
        int from = replace ? at + 1 : at;
        System.arraycopy(keys, from, newKeys, at + 1, keys.length - from);
        System.arraycopy(values, from, newValues, at + 1, keys.length - from);
        return new Attributes(newKeys, newValues);
    }

    /** Estimated heap, texts included: of a byte for each character, as the JVM keeps Latin text from 9 on. */
    public long heapBytes() {
        long bytes = 24 + 2 * (16 + 4L * keys.length);
        for (String value : values) {
            bytes += 24 + 16 + ((value.length() + 7) & ~7);
        }
        return bytes;
    }

    /** Null when there is none of the key. */
    public @Nullable String get(Attribute key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == key) {
                return values[i];
            }
        }
        return null;
    }

    /** Keys as on the wire. */
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < keys.length; i++) {
            map.put(keys[i].key(), values[i]);
        }
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes
                && hash == ((Attributes) other).hash
                && Arrays.equals(keys, ((Attributes) other).keys)
                && Arrays.equals(values, ((Attributes) other).values);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
