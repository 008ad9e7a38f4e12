package dev.headroom.dashboard.history;

import dev.headroom.dashboard.budget.EventCounts;
import java.util.Arrays;
import java.util.Map;

/** Events of many subjects in a few bytes each, subjects by number. Immutable. */
final class PackedCounts {
    static final PackedCounts NONE = new PackedCounts(new byte[0]);

    /** What a subject's sums are in an array of them. */
    static final int PER_SUBJECT = 3;

    private static final int LONGEST = 10;

    /** For every subject: its number less the one before, and its three counts, in groups of seven bits. */
    private final byte[] bytes;

    private PackedCounts(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param counts by the subject's number; ascending */
    static PackedCounts of(Map<Integer, EventCounts> counts) {
        Writer writer = new Writer(counts.size() * 8);
        int[] before = {0};
        counts.forEach((number, count) -> {
            writer.write(number - before[0]);
            writer.write(count.all());
            writer.write(count.overTarget());
            writer.write(count.overAcceptable());
            before[0] = number;
        });
        return new PackedCounts(writer.bytes());
    }

    /** Adds to sums that hold {@link #PER_SUBJECT} numbers a subject. */
    void addTo(long[] sums) {
        Reader reader = new Reader(bytes);
        int number = 0;
        while (reader.hasMore()) {
            number += (int) reader.read();
            for (int i = 0; i < PER_SUBJECT; i++) {
                sums[number * PER_SUBJECT + i] += reader.read();
            }
        }
    }

    private static final class Writer {
        private byte[] bytes;
        private int length;

        Writer(int expected) {
            bytes = new byte[Math.max(LONGEST, expected)];
        }

        void write(long value) {
            if (length + LONGEST > bytes.length) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2 + LONGEST);
            }
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                bytes[length++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            bytes[length++] = (byte) rest;
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, length);
        }
    }

    private static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return at < bytes.length;
        }

        long read() {
            long value = 0;
            int shift = 0;
            while (true) {
                byte next = bytes[at++];
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
                shift += 7;
            }
        }
    }
}
