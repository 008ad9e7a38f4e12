package dev.headroom.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf's wire format into one growing array. Nested messages are opened with {@link #begin} and closed with {@link
 * #end}, which moves the message to make room for its length.
 *
 * <p>Not thread-safe.
 */
public final class ProtoWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;

    private byte[] bytes = new byte[8192];
    private int length;

    /** Opens a nested message (or a packed field) and returns the mark that {@link #end} wants. */
    public int begin(int field) {
        writeVarint((field << 3) | LENGTH);
        return length;
    }

    public void end(int mark) {
        int size = length - mark;
        int prefix = varintSize(size);
        ensure(prefix);
        System.arraycopy(bytes, mark, bytes, mark + prefix, size);
        length = mark;
        writeVarint(size);
        length += size;
    }

    public void string(int field, String value) {
        bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public void bytes(int field, byte[] value) {
        writeVarint((field << 3) | LENGTH);
        writeVarint(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    public void fixed64(int field, long value) {
        writeVarint((field << 3) | FIXED64);
        writeFixed64(value);
    }

    public void float64(int field, double value) {
        fixed64(field, Double.doubleToRawLongBits(value));
    }

    public void varint(int field, long value) {
        writeVarint(field << 3 | VARINT);
        writeVarint(value);
    }

    /** sint32: small negative numbers stay small. */
    public void signed(int field, int value) {
        varint(field, ((value << 1) ^ (value >> 31)) & 0xFFFFFFFFL);
    }

    /** An element of a packed field that {@link #begin} opened. */
    public void writeVarint(long value) {
        ensure(10);
        while ((value & ~0x7FL) != 0) {
            bytes[length++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        bytes[length++] = (byte) value;
    }

    /** An element of a packed field that {@link #begin} opened. */
    public void writeFixed64(long value) {
        ensure(8);
        for (int i = 0; i < 8; i++) {
            bytes[length++] = (byte) (value >>> (8 * i));
        }
    }

    private static int varintSize(long value) {
        int size = 1;
        while ((value & ~0x7FL) != 0) {
            value >>>= 7;
            size++;
        }
        return size;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
