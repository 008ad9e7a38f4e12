package dev.headroom.otlp;

import java.util.Arrays;

/** A growing array of long values, bounded: a sender must not make a small message into a large heap. Not thread-safe. */
public final class LongList {
    /** No histogram of ours has more than 320 buckets; the finest of others at their default have 160. */
    public static final int MAX_SIZE = 1 << 16;

    private static final int FIRST = 16;
    private static final long[] NONE = {};

    private long[] values = NONE;
    private int size;

    /**
     * Makes room for that many more at once; what is beyond {@link #MAX_SIZE} is refused when it is added. An array that is too
     * small is at least doubled: a list that comes in a thousand pieces is not copied a thousand times.
     */
    void expect(int more) {
        int wanted = Math.min(MAX_SIZE, size + more);
        if (wanted > values.length) {
            values = Arrays.copyOf(values, Math.min(MAX_SIZE, Math.max(wanted, values.length * 2)));
        }
    }

    /** @throws MalformedOtlpException beyond {@link #MAX_SIZE} */
    public void add(long value) {
        if (size == MAX_SIZE) {
            throw new MalformedOtlpException("More than " + MAX_SIZE + " buckets in one histogram");
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.max(FIRST, size * 2));
        }
        values[size++] = value;
    }

    /** Empty again, with its array. */
    void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public long get(int i) {
        return values[i];
    }

    /** The list's own array, of which only the first {@link #size} count: to be read at once, not kept. */
    long[] values() {
        return values;
    }

    public long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
