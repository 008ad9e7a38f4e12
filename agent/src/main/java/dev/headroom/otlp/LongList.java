package dev.headroom.otlp;

import java.util.Arrays;

/** A growing array of long values, bounded: a sender must not make a small message into a large heap. Not thread-safe. */
public final class LongList {
    /** No histogram of ours has more than 320 buckets; the finest of others at their default have 160. */
    public static final int MAX_SIZE = 1 << 16;

    private long[] values = new long[16];
    private int size;

    /** @throws MalformedOtlpException beyond {@link #MAX_SIZE} */
    public void add(long value) {
        if (size == MAX_SIZE) {
            throw new MalformedOtlpException("More than " + MAX_SIZE + " buckets in one histogram");
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    public int size() {
        return size;
    }

    public long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
