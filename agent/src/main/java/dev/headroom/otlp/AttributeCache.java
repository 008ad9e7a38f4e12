package dev.headroom.otlp;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Attributes by the bytes that they came as. Senders repeat those of their series in every request: what was read once is not read
 * again, and equal attributes are one object. Forgets what was not asked for lately, and holds at most a
 * thirty-second of the heap twice over, whatever is sent. Thread-safe.
 */
public final class AttributeCache {
    /** A fleet's series that do not fit are moved all the time, which costs more than reading them. */
    private static final long MOST_BYTES =
            Math.min(32 << 20, Runtime.getRuntime().maxMemory() / 32);
    /** Longer ones are rare, and each would push out many. */
    private static final int LONGEST = 4_096;
    /** About what an entry takes beside its text. */
    private static final int ENTRY_BYTES = 200;

    private final Object lock = new Object();
    // Guarded by lock.
    private Map<Section, AttributeMap> current = new HashMap<>();
    private Map<Section, AttributeMap> previous = new HashMap<>();
    private Map<AttributeMap, AttributeMap> canonical = new HashMap<>();
    private int held;

    AttributeMap of(byte[] bytes, int start, int end) {
        if (start == end) {
            return AttributeMap.of(new HashMap<>());
        }
        if (end - start > LONGEST) {
            return read(bytes, start, end);
        }
        Section asked = new Section(bytes, start, end);
        synchronized (lock) {
            AttributeMap known = current.get(asked);
            if (known != null) {
                return known;
            }
            known = previous.remove(asked);
            if (known != null) {
                return keep(asked, known);
            }
        }
        AttributeMap read = read(bytes, start, end);
        synchronized (lock) {
            return keep(asked, read);
        }
    }

    /** Only with the lock. */
    private AttributeMap keep(Section section, AttributeMap attributes) {
        AttributeMap same = canonical.putIfAbsent(attributes, attributes);
        AttributeMap kept = same == null ? attributes : same;
        current.put(section.owned(), kept);
        held += ENTRY_BYTES + 3 * section.size();
        if (held > MOST_BYTES) {
            previous = current;
            current = new HashMap<>();
            canonical = new HashMap<>();
            held = 0;
        }
        return kept;
    }

    static AttributeMap read(byte[] bytes, int start, int end) {
        Map<String, String> attributes = new HashMap<>();
        ProtoReader in = new ProtoReader(bytes, start, end);
        while (in.next()) {
            OtlpAttributes.read(in.message(), attributes);
        }
        return AttributeMap.of(attributes);
    }

    /** Bytes of a request, compared by content. */
    private static final class Section {
        /** Nobody outside can choose bytes that all fall together. */
        private static final int MULTIPLIER = ThreadLocalRandom.current().nextInt() | 1;

        private final byte[] bytes;
        private final int start;
        private final int end;
        private final int hash;

        Section(byte[] bytes, int start, int end) {
            this.bytes = bytes;
            this.start = start;
            this.end = end;
            int mixed = 1;
            for (int i = start; i < end; i++) {
                mixed = MULTIPLIER * mixed + bytes[i];
            }
            this.hash = mixed ^ (mixed >>> 16);
        }

        int size() {
            return end - start;
        }

        /** One that does not hold on to the whole request. */
        Section owned() {
            if (start == 0 && end == bytes.length) {
                return this;
            }
            byte[] copy = new byte[end - start];
            System.arraycopy(bytes, start, copy, 0, copy.length);
            return new Section(copy, 0, copy.length);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (!(other instanceof Section)) {
                return false;
            }
            Section that = (Section) other;
            if (hash != that.hash || size() != that.size()) {
                return false;
            }
            for (int i = start, j = that.start; i < end; i++, j++) {
                if (bytes[i] != that.bytes[j]) {
                    return false;
                }
            }
            return true;
        }
    }
}
