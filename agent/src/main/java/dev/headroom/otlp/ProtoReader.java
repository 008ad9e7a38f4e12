package dev.headroom.otlp;

import java.nio.charset.StandardCharsets;

/**
 * Reads protobuf's wire format field by field: {@code while (reader.next()) switch (reader.field()) ...}; fields not read are
 * skipped. Malformed input ends in {@link MalformedOtlpException} with the position.
 *
 * <p>Not thread-safe.
 */
public final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private int position;
    private final int end;
    private int field;
    private int fieldStart;
    private int wireType;
    private boolean pending;

    public ProtoReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ProtoReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /** Moves to the next field; false at the end of the message. */
    public boolean next() {
        if (pending) {
            skip();
        }
        if (position >= end) {
            return false;
        }
        fieldStart = position;
        long tag = readVarint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (field == 0 || tag >>> 32 != 0) {
            throw malformed("invalid field number");
        }
        pending = true;
        return true;
    }

    public int field() {
        return field;
    }

    /** The bytes that are read, not a copy. */
    byte[] source() {
        return bytes;
    }

    /** Where the current field's tag begins. */
    int fieldStart() {
        return fieldStart;
    }

    /** Passes over the current field, which must be a message; returns where it ends. */
    int passMessage() {
        int size = lengthPrefix();
        position += size;
        return position;
    }

    public long varint() {
        expect(VARINT);
        return readVarint();
    }

    public int signed() {
        long raw = varint();
        return (int) (raw >>> 1) ^ -(int) (raw & 1);
    }

    public long fixed64() {
        expect(FIXED64);
        return readFixed64();
    }

    public double float64() {
        return Double.longBitsToDouble(fixed64());
    }

    public String string() {
        int size = lengthPrefix();
        String text = new String(bytes, position, size, StandardCharsets.UTF_8);
        position += size;
        return text;
    }

    public byte[] bytes() {
        int size = lengthPrefix();
        byte[] copy = new byte[size];
        System.arraycopy(bytes, position, copy, 0, size);
        position += size;
        return copy;
    }

    /** The nested message of the current field. */
    public ProtoReader message() {
        int size = lengthPrefix();
        ProtoReader nested = new ProtoReader(bytes, position, position + size);
        position += size;
        return nested;
    }

    /** A repeated varint field, packed or not; appended to {@code target}. */
    public void varints(LongList target) {
        if (wireType == VARINT) {
            target.add(varint());
            return;
        }
        ProtoReader packed = message();
        target.expect(packed.lastBytes());
        while (packed.position < packed.end) {
            target.add(packed.readVarint());
        }
    }

    /** How many bytes are the last of a varint. */
    private int lastBytes() {
        int last = 0;
        for (int i = position; i < end; i++) {
            last += bytes[i] >= 0 ? 1 : 0;
        }
        return last;
    }

    /** A repeated 64-bit field, packed or not; appended to {@code target}. */
    public void fixed64s(LongList target) {
        if (wireType == FIXED64) {
            target.add(fixed64());
            return;
        }
        ProtoReader packed = message();
        target.expect((packed.end - packed.position) / Long.BYTES);
        while (packed.position < packed.end) {
            target.add(packed.readFixed64());
        }
    }

    private void expect(int type) {
        if (wireType != type) {
            throw malformed("field " + field + " has wire type " + wireType + ", expected " + type);
        }
        pending = false;
    }

    private int lengthPrefix() {
        expect(LENGTH);
        long size = readVarint();
        if (size < 0 || size > end - position) {
            throw malformed("field " + field + " claims " + size + " bytes, " + (end - position) + " are left");
        }
        return (int) size;
    }

    private void skip() {
        pending = false;
        switch (wireType) {
            case VARINT:
                readVarint();
                break;
            case FIXED64:
                advance(8);
                break;
            case LENGTH:
                pending = true;
                advance(lengthPrefix());
                break;
            case FIXED32:
                advance(4);
                break;
            default:
                throw malformed("unknown wire type " + wireType);
        }
    }

    private void advance(int size) {
        if (size > end - position) {
            throw malformed("message ends within field " + field);
        }
        position += size;
    }

    private long readVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position >= end) {
                throw malformed("message ends within a number");
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("number longer than 10 bytes");
    }

    private long readFixed64() {
        if (end - position < 8) {
            throw malformed("message ends within a 64-bit number");
        }
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value |= (bytes[position++] & 0xFFL) << (8 * i);
        }
        return value;
    }

    private MalformedOtlpException malformed(String what) {
        return new MalformedOtlpException("Not OTLP protobuf at byte " + position + ": " + what);
    }
}
