package dev.headroom.histogram;

import java.util.Arrays;

/**
 * Counts of a histogram's buckets in as few bytes as the greatest of them needs: hardly a window has 256 values in one bucket, and a
 * byte is an eighth of a long. Immutable and thread-safe.
 */
final class BucketCounts {
    private static final int BYTE = 0xFF;
    private static final int CHAR = 0xFFFF;

    private static final byte[] NO_BYTES = {};
    private static final char[] NO_CHARS = {};
    private static final long[] NO_LONGS = {};

    /** At most one of the three has a length. */
    private final byte[] bytes;

    private final char[] chars;
    private final long[] longs;

    private BucketCounts(byte[] bytes, char[] chars, long[] longs) {
        this.bytes = bytes;
        this.chars = chars;
        this.longs = longs;
    }

    /** The first counts of the array, which is read and not kept. */
    static BucketCounts of(long[] counts, int length) {
        long all = 0;
        for (int i = 0; i < length; i++) {
            all |= counts[i];
        }
        if (all >= 0 && all <= BYTE) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) counts[i];
            }
            return new BucketCounts(bytes, NO_CHARS, NO_LONGS);
        }
        if (all >= 0 && all <= CHAR) {
            char[] chars = new char[length];
            for (int i = 0; i < length; i++) {
                chars[i] = (char) counts[i];
            }
            return new BucketCounts(NO_BYTES, chars, NO_LONGS);
        }
        return new BucketCounts(NO_BYTES, NO_CHARS, Arrays.copyOf(counts, length));
    }

    /** All counts of the array, none negative, which is read and not kept. */
    static BucketCounts of(int[] counts) {
        int all = 0;
        for (int count : counts) {
            all |= count;
        }
        if (all <= BYTE) {
            byte[] bytes = new byte[counts.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) counts[i];
            }
            return new BucketCounts(bytes, NO_CHARS, NO_LONGS);
        }
        if (all <= CHAR) {
            char[] chars = new char[counts.length];
            for (int i = 0; i < chars.length; i++) {
                chars[i] = (char) counts[i];
            }
            return new BucketCounts(NO_BYTES, chars, NO_LONGS);
        }
        long[] longs = new long[counts.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = counts[i];
        }
        return new BucketCounts(NO_BYTES, NO_CHARS, longs);
    }

    int length() {
        return bytes.length + chars.length + longs.length;
    }

    long get(int i) {
        return i < bytes.length ? bytes[i] & BYTE : i < chars.length ? chars[i] : longs[i];
    }

    /** Adds to the target's places from {@code at} on. */
    void addTo(long[] target, int at) {
        for (int i = 0; i < bytes.length; i++) {
            target[at + i] += bytes[i] & BYTE;
        }
        for (int i = 0; i < chars.length; i++) {
            target[at + i] += chars[i];
        }
        for (int i = 0; i < longs.length; i++) {
            target[at + i] += longs[i];
        }
    }

    /** The same for sums that surely fit. */
    void addTo(int[] target, int at) {
        for (int i = 0; i < bytes.length; i++) {
            target[at + i] += bytes[i] & BYTE;
        }
        for (int i = 0; i < chars.length; i++) {
            target[at + i] += chars[i];
        }
        for (int i = 0; i < longs.length; i++) {
            target[at + i] += (int) longs[i];
        }
    }

    /** Adds to coarser buckets: bucket {@code first + i} is one of bucket {@code (first + i) >> shift}, whose place is that minus low. */
    void addTo(long[] target, int first, int shift, int low) {
        if (shift == 0) {
            addTo(target, first - low);
            return;
        }
        for (int i = 0, length = length(); i < length; i++) {
            target[((first + i) >> shift) - low] += get(i);
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof BucketCounts)) {
            return false;
        }
        BucketCounts that = (BucketCounts) other;
        // The same counts need the same number of bytes.
        return Arrays.equals(bytes, that.bytes) && Arrays.equals(chars, that.chars) && Arrays.equals(longs, that.longs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) + Arrays.hashCode(chars) + Arrays.hashCode(longs);
    }
}
