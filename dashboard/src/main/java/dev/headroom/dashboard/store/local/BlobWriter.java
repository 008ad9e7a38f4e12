package dev.headroom.dashboard.store.local;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Appends numbers and text to a growing array. Not thread-safe. */
final class BlobWriter {
    private static final int USUAL = 1024;

    private byte[] bytes;
    private int length;

    BlobWriter() {
        this(USUAL);
    }

    /** @param expected bytes it probably comes to */
    BlobWriter(int expected) {
        bytes = new byte[expected];
    }

    BlobWriter varint(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** Small negative numbers stay small. */
    BlobWriter signed(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    BlobWriter float64(double value) {
        ensure(8);
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes[length++] = (byte) (bits >>> shift);
        }
        return this;
    }

    BlobWriter int32(int value) {
        ensure(4);
        for (int shift = 0; shift < 32; shift += 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    BlobWriter bytes(byte[] other, int from, int count) {
        ensure(count);
        System.arraycopy(other, from, bytes, length, count);
        length += count;
        return this;
    }

    BlobWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return this;
    }

    BlobWriter append(BlobWriter other) {
        return bytes(other.bytes, 0, other.length);
    }

    /** Empty again, its memory kept. */
    BlobWriter clear() {
        length = 0;
        return this;
    }

    int length() {
        return length;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
