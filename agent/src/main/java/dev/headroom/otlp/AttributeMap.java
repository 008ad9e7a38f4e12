package dev.headroom.otlp;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a point, sorted by key: two small arrays, and a hash that is worked out once. Immutable and thread-safe; equal
 * to every map of the same entries.
 */
public final class AttributeMap extends AbstractMap<String, String> {
    private static final AttributeMap EMPTY = new AttributeMap(new String[0], new String[0]);

    private final String[] keys;
    private final String[] values;
    private int hash;

    private AttributeMap(String[] keys, String[] values) {
        this.keys = keys;
        this.values = values;
    }

    /** The same entries; the map itself when it is one already. */
    public static AttributeMap of(Map<String, String> attributes) {
        if (attributes instanceof AttributeMap) {
            return (AttributeMap) attributes;
        }
        if (attributes.isEmpty()) {
            return EMPTY;
        }
        String[] keys = new String[attributes.size()];
        String[] values = new String[keys.length];
        int i = 0;
        for (Map.Entry<String, String> each : new TreeMap<>(attributes).entrySet()) {
            keys[i] = each.getKey();
            values[i++] = each.getValue();
        }
        return new AttributeMap(keys, values);
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public @Nullable String get(@Nullable Object key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int i = 0; i < keys.length; i++) {
            action.accept(keys[i], values[i]);
        }
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            for (int i = 0; i < keys.length; i++) {
                known += keys[i].hashCode() ^ values[i].hashCode();
            }
            hash = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (other instanceof AttributeMap) {
            AttributeMap that = (AttributeMap) other;
            return hashCode() == that.hashCode()
                    && Arrays.equals(keys, that.keys)
                    && Arrays.equals(values, that.values);
        }
        return super.equals(other);
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new AbstractSet<Map.Entry<String, String>>() {
            @Override
            public int size() {
                return keys.length;
            }

            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, String>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < keys.length;
        }

        @Override
        public Map.Entry<String, String> next() {
            if (next >= keys.length) {
                throw new NoSuchElementException();
            }
            int i = next++;
            return new SimpleImmutableEntry<>(keys[i], values[i]);
        }
    }
}
