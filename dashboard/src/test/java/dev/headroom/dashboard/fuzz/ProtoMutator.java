package dev.headroom.dashboard.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Takes a protobuf message apart without its schema, changes it field by field, and puts it together again: what comes out is
 * mostly well-formed on the wire and wrong in its meaning, which random bytes never are. Not thread-safe.
 */
public final class ProtoMutator {
    private static final int MAX_DEPTH = 12;
    private static final int DEEP = 2_000;
    private static final int MAX_BYTES = 1 << 20;
    private static final long[] ODD_NUMBERS = {
        0,
        1,
        -1,
        127,
        128,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Double.doubleToRawLongBits(Double.NaN),
        Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
        Double.doubleToRawLongBits(Double.MAX_VALUE),
        Double.doubleToRawLongBits(-1),
        Double.doubleToRawLongBits(Double.MIN_VALUE)
    };

    private final Random random;

    public ProtoMutator(Random random) {
        this.random = random;
    }

    /** Between one and four changes, seldom damage to the bytes themselves on top. */
    public byte[] mutate(byte[] sound) {
        List<Field> message = parse(sound, 0, sound.length, 0);
        if (message == null) {
            return Bytes.damaged(sound, random);
        }
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            change(message);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(message, out);
        byte[] bytes = out.toByteArray();
        return random.nextInt(8) == 0 ? Bytes.damaged(bytes, random) : bytes;
    }

    private void change(List<Field> root) {
        List<Field> at = anywhere(root);
        if (at.isEmpty()) {
            at.add(new Field(1 + random.nextInt(13), 0, odd(), new byte[0], null));
            return;
        }
        int index = random.nextInt(at.size());
        Field field = at.get(index);
        switch (random.nextInt(10)) {
            case 0 -> at.remove(index);
            case 1 -> at.add(random.nextInt(at.size()), field);
            case 2 -> at.add(at.remove(random.nextInt(at.size())));
            case 3 -> repeat(at, field);
            case 4 -> at.set(index, field.numbered(1 + random.nextInt(13)));
            case 5 -> at.set(index, new Field(field.number, 1, odd(), new byte[0], null));
            case 6 -> at.set(index, new Field(field.number, 0, odd(), new byte[0], null));
            case 7 -> at.set(index, new Field(field.number, 2, 0, noise(), null));
            case 8 -> at.set(index, nested(field));
            default -> at.set(index, field.wireType == 2 ? numbers(field) : new Field(field, odd()));
        }
    }

    /** A list of fields at a random depth, the deeper ones as likely as the upper. */
    private List<Field> anywhere(List<Field> root) {
        List<List<Field>> lists = new ArrayList<>();
        collect(root, lists);
        return lists.get(random.nextInt(lists.size()));
    }

    private static void collect(List<Field> fields, List<List<Field>> lists) {
        lists.add(fields);
        for (Field field : fields) {
            if (field.children != null) {
                collect(field.children, lists);
            }
        }
    }

    private void repeat(List<Field> at, Field field) {
        int times = random.nextInt(random.nextInt(20) > 0 ? 5 : field.children == null ? 2_000 : 50);
        for (int i = 0; i < times; i++) {
            at.add(field);
        }
    }

    /** A packed list of odd numbers, as buckets are. */
    private Field numbers(Field field) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int left = random.nextInt(400); left > 0; left--) {
            if (random.nextBoolean()) {
                varint(odd(), packed);
            } else {
                fixed64(odd(), packed);
            }
        }
        return new Field(field.number, 2, 0, packed.toByteArray(), null);
    }

    /** The field within itself, very often. */
    private Field nested(Field field) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        write(List.of(field), inner);
        byte[] bytes = inner.toByteArray();
        for (int depth = random.nextInt(random.nextInt(20) > 0 ? 10 : DEEP);
                depth > 0 && bytes.length < MAX_BYTES / 16;
                depth--) {
            ByteArrayOutputStream outer = new ByteArrayOutputStream();
            varint(((long) field.number << 3) | 2, outer);
            varint(bytes.length, outer);
            outer.writeBytes(bytes);
            bytes = outer.toByteArray();
        }
        return new Field(field.number, 2, 0, bytes, null);
    }

    private long odd() {
        return random.nextInt(4) == 0 ? random.nextLong() : ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)];
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(random.nextInt(50) == 0 ? 65_536 : 64)];
        random.nextBytes(noise);
        return noise;
    }

    /** Null when these bytes are not a message. */
    private static @Nullable List<Field> parse(byte[] bytes, int start, int end, int depth) {
        List<Field> fields = new ArrayList<>();
        Cursor in = new Cursor(bytes, start, end);
        while (in.more()) {
            long tag = in.varint();
            int number = (int) (tag >>> 3);
            int type = (int) (tag & 7);
            if (in.failed || number <= 0 || number > 1_000 || (type != 0 && type != 1 && type != 2 && type != 5)) {
                return null;
            }
            if (type == 2) {
                long length = in.varint();
                if (in.failed || length < 0 || length > end - in.position) {
                    return null;
                }
                int from = in.position;
                in.position += (int) length;
                List<Field> children =
                        depth < MAX_DEPTH && length > 1 ? parse(bytes, from, in.position, depth + 1) : null;
                fields.add(new Field(number, 2, 0, Arrays.copyOfRange(bytes, from, in.position), children));
            } else {
                long value = type == 0 ? in.varint() : in.fixed(type == 1 ? 8 : 4);
                if (in.failed) {
                    return null;
                }
                fields.add(new Field(number, type, value, new byte[0], null));
            }
        }
        return fields;
    }

    private void write(List<Field> fields, ByteArrayOutputStream out) {
        for (Field field : fields) {
            if (out.size() > MAX_BYTES) {
                return;
            }
            varint(((long) field.number << 3) | field.wireType, out);
            switch (field.wireType) {
                case 0 -> varint(field.value, out);
                case 1 -> fixed64(field.value, out);
                case 5 -> {
                    for (int i = 0; i < 4; i++) {
                        out.write((int) (field.value >>> (8 * i)));
                    }
                }
                default -> {
                    byte[] bytes = field.bytes;
                    if (field.children != null) {
                        ByteArrayOutputStream inner = new ByteArrayOutputStream();
                        write(field.children, inner);
                        bytes = inner.toByteArray();
                    }
                    boolean lie = random.nextInt(400) == 0;
                    varint(lie ? odd() : bytes.length, out);
                    out.writeBytes(bytes);
                }
            }
        }
    }

    private static void varint(long number, ByteArrayOutputStream out) {
        long left = number;
        while ((left & ~0x7FL) != 0) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static void fixed64(long value, ByteArrayOutputStream out) {
        for (int i = 0; i < 8; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }

    private static final class Field {
        final int number;
        final int wireType;
        final long value;
        final byte[] bytes;
        final @Nullable List<Field> children;

        Field(int number, int wireType, long value, byte[] bytes, @Nullable List<Field> children) {
            this.number = number;
            this.wireType = wireType;
            this.value = value;
            this.bytes = bytes;
            this.children = children;
        }

        Field(Field other, long value) {
            this(other.number, other.wireType, value, other.bytes, other.children);
        }

        Field numbered(int other) {
            return new Field(other, wireType, value, bytes, children);
        }
    }

    /** Reads and remembers that it could not. */
    private static final class Cursor {
        private final byte[] bytes;
        private final int end;
        private int position;
        private boolean failed;

        Cursor(byte[] bytes, int start, int end) {
            this.bytes = bytes;
            this.position = start;
            this.end = end;
        }

        boolean more() {
            return position < end;
        }

        long varint() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                if (position >= end) {
                    break;
                }
                byte next = bytes[position++];
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            failed = true;
            return 0;
        }

        long fixed(int size) {
            if (end - position < size) {
                failed = true;
                return 0;
            }
            long value = 0;
            for (int i = 0; i < size; i++) {
                value |= (bytes[position++] & 0xFFL) << (8 * i);
            }
            return value;
        }
    }
}
