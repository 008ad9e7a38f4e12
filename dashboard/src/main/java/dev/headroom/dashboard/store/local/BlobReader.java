package dev.headroom.dashboard.store.local;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link BlobWriter} wrote; a blob that ends too early ends in IndexOutOfBoundsException. Not thread-safe. */
final class BlobReader {
    private final byte[] bytes;
    private final int end;
    private int position;
    private long[] counts = new long[0];

    BlobReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    BlobReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    boolean hasMore() {
        return position < end;
    }

    int position() {
        return position;
    }

    /** A reader of the next bytes, which this one skips. */
    BlobReader part(int size) {
        BlobReader part = new BlobReader(bytes, position, position + size);
        position += size;
        return part;
    }

    /** An array of at least so many zeros for what is read next; with the next call it is used again. */
    long[] counts(int length) {
        if (counts.length < length) {
            counts = new long[length];
        } else {
            Arrays.fill(counts, 0, length, 0);
        }
        return counts;
    }

    long varint() {
        long value = 0;
        int shift = 0;
        while (true) {
            byte next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    int smallVarint() {
        return Math.toIntExact(varint());
    }

    long signed() {
        long raw = varint();
        return (raw >>> 1) ^ -(raw & 1);
    }

    double float64() {
        long bits = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            bits |= (bytes[position++] & 0xFFL) << shift;
        }
        return Double.longBitsToDouble(bits);
    }

    String text() {
        int size = smallVarint();
        String text = new String(bytes, position, size, StandardCharsets.UTF_8);
        position += size;
        return text;
    }
}
