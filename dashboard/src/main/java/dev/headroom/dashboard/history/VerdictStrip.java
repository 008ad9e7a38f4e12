package dev.headroom.dashboard.history;

import dev.headroom.dashboard.budget.Verdict;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The worst verdict of each slot of time, over the last day in slots of five minutes and over the last thirty days in slots of two
 * hours. Where no verdict was reached, because nothing judged, there is none. Not thread-safe.
 */
public final class VerdictStrip {
    /** How far a strip reaches, and in which steps. */
    public enum Span {
        DAY(Duration.ofMinutes(5), 288),
        MONTH(Duration.ofHours(2), 360);

        private final Duration step;
        private final int slots;

        Span(Duration step, int slots) {
            this.step = step;
            this.slots = slots;
        }

        public Duration step() {
            return step;
        }

        public int slots() {
            return slots;
        }

        private long slot(Instant at) {
            return Math.floorDiv(at.toEpochMilli(), step.toMillis());
        }
    }

    /**
     * Slots that follow each other and came to the same.
     *
     * @param first number of its first slot, 0 is the oldest of the span
     * @param verdict null where nothing judged
     */
    public record Run(int first, int slots, @Nullable Verdict verdict) {}

    /** What slots hold, by code: nothing, then from good to bad as verdicts are ordered. */
    private static final List<Verdict> CODES = List.of(Verdict.NO_DATA, Verdict.PASS, Verdict.WARN, Verdict.FAIL);

    private static final int FORMAT = 1;

    private final Map<Span, Ring> rings = new EnumMap<>(Span.class);

    public VerdictStrip() {
        for (Span span : Span.values()) {
            rings.put(span, new Ring(span));
        }
    }

    /** Slots by their number modulo the span's; 0 is no verdict, else one more than the verdict's place in CODES. */
    private static final class Ring {
        private byte[] slots;
        private long newest = Long.MIN_VALUE;

        Ring(Span span) {
            this.slots = new byte[span.slots];
        }

        boolean add(long slot, byte code) {
            if (slot < newest) {
                return false;
            }
            if (slot > newest) {
                long skipped = newest == Long.MIN_VALUE ? slots.length : Math.min(slots.length, slot - newest);
                for (long i = 0; i < skipped; i++) {
                    slots[at(slot - i)] = 0;
                }
                newest = slot;
            }
            int at = at(slot);
            if (slots[at] >= code) {
                return false;
            }
            slots[at] = code;
            return true;
        }

        private int at(long slot) {
            return (int) Math.floorMod(slot, (long) slots.length);
        }

        byte code(long slot) {
            return slot > newest || slot <= newest - slots.length ? 0 : slots[at(slot)];
        }

        void write(ByteArrayOutputStream out) {
            number(out, newest == Long.MIN_VALUE ? 0 : newest);
            int i = 0;
            while (i < slots.length) {
                byte code = slots[at(newest - i)];
                int length = 1;
                while (i + length < slots.length && slots[at(newest - i - length)] == code) {
                    length++;
                }
                out.write(code);
                number(out, length);
                i += length;
            }
        }

        void read(byte[] bytes, int[] position) {
            long last = number(bytes, position);
            newest = last == 0 ? Long.MIN_VALUE : last;
            int i = 0;
            while (i < slots.length) {
                byte code = bytes[position[0]++];
                long length = number(bytes, position);
                if (code < 0 || code > CODES.size() || length < 1 || length > slots.length - i) {
                    throw new IndexOutOfBoundsException("no strip");
                }
                for (int j = 0; j < length; j++) {
                    slots[at(newest - i - j)] = code;
                }
                i += (int) length;
            }
        }
    }

    private Ring of(Span span) {
        return Objects.requireNonNull(rings.get(span));
    }

    /** Returns whether that changed anything. What is older than the newest is left out. */
    public boolean add(Instant at, Verdict verdict) {
        byte code = (byte) (CODES.indexOf(verdict) + 1);
        boolean changed = false;
        for (Span span : Span.values()) {
            changed |= of(span).add(span.slot(at), code);
        }
        return changed;
    }

    /** Whether nothing in it is younger than the longest span. */
    boolean over(Instant now) {
        return of(Span.MONTH).newest < Span.MONTH.slot(now) - Span.MONTH.slots;
    }

    /** The span that ends with the slot of {@code now}, without a hole, oldest first. */
    public List<Run> runs(Span span, Instant now) {
        Ring ring = of(span);
        long first = span.slot(now) - span.slots + 1;
        List<Run> runs = new ArrayList<>();
        int begin = 0;
        byte before = ring.code(first);
        for (int i = 1; i <= span.slots; i++) {
            byte code = i == span.slots ? -1 : ring.code(first + i);
            if (code != before) {
                runs.add(new Run(begin, i - begin, before == 0 ? null : CODES.get(before - 1)));
                begin = i;
                before = code;
            }
        }
        return runs;
    }

    /** Begin of the oldest slot of the span that ends with the slot of {@code now}. */
    public static Instant begin(Span span, Instant now) {
        return Instant.ofEpochMilli((span.slot(now) - span.slots + 1) * span.step.toMillis());
    }

    /** Run-length coded: a strip of one verdict takes some twenty bytes. */
    byte[] write() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(FORMAT);
        for (Span span : Span.values()) {
            of(span).write(out);
        }
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 0x7F) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** The strip as it was written; an empty one when the bytes are not such. */
    static VerdictStrip read(byte[] bytes) {
        VerdictStrip strip = new VerdictStrip();
        if (bytes.length == 0 || bytes[0] != FORMAT) {
            return strip;
        }
        try {
            int[] position = {1};
            for (Span span : Span.values()) {
                strip.of(span).read(bytes, position);
            }
            return strip;
        } catch (IndexOutOfBoundsException damaged) {
            return new VerdictStrip();
        }
    }

    private static long number(byte[] bytes, int[] position) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[position[0]++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    VerdictStrip copy() {
        VerdictStrip copy = new VerdictStrip();
        for (Span span : Span.values()) {
            copy.of(span).slots = of(span).slots.clone();
            copy.of(span).newest = of(span).newest;
        }
        return copy;
    }
}
