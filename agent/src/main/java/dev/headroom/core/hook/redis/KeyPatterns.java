package dev.headroom.core.hook.redis;

import dev.headroom.core.control.Switches;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shape of a Redis key: a walk, segment by segment, through a tree of the shapes seen so far. Separators stay
 * ({@code : / | . #} and hash-tag braces), variable segments become {@code {id}}, {@code {uuid}}, {@code {hex}}, {@code {email}},
 * {@code {ip}}, {@code {date}}, {@code {ts}} or {@code {token}}.
 *
 * <p>Two caps keep what looks like names from being ids after all: a place in the tree where more than {@link #MAX_NAMES} names
 * were seen takes every name as {@code {*}} from then on, those seen before included; beyond {@link #MAX_PATTERNS} shapes a key
 * is {@code {other}}. Keys that are not text are {@code {binary}}; the prefix of Java serialisation is skipped.
 *
 * <p>Thread-safe without locks; a shape seen before costs no allocation.
 */
final class KeyPatterns {
    static final int MAX_NAMES = 64;
    static final int MAX_PATTERNS = 500;
    private static final int MAX_SEGMENTS = 16;
    static final int MAX_BYTES = 256;

    private static final ThreadLocal<byte[]> CANONICAL = ThreadLocal.withInitial(() -> new byte[MAX_BYTES * 5]);

    private final KeyPattern any = new KeyPattern("{any}");
    private final KeyPattern other = new KeyPattern("{other}");
    private final KeyPattern binary = new KeyPattern("{binary}");
    private final KeyNode root = new KeyNode(new byte[0], "", false);
    private final AtomicInteger patterns = new AtomicInteger();
    private final Switches switches;

    KeyPatterns(Switches switches) {
        this.switches = switches;
    }

    /** The shape of the key, or one for all keys while no shapes are wanted: hits and misses are counted all the same. */
    KeyPattern wanted(byte[] key, int start, int keyEnd) {
        return switches.detail().patterns() ? of(key, start, keyEnd) : any;
    }

    KeyPattern of(byte[] key) {
        return of(key, 0, key.length);
    }

    /** Of the key that lies between these two places. */
    KeyPattern of(byte[] key, int start, int keyEnd) {
        KeyPattern plain = keyEnd - start > MAX_BYTES ? null : plain(key, start, keyEnd);
        return plain == null ? walked(key, start, keyEnd) : plain;
    }

    /**
     * The shape of a key of known plain names that may end with a number, such as {@code user:settings:4711}, by comparing bytes: most
     * keys of most applications. Null for every other key, and for those of a shape not seen before.
     */
    private @Nullable KeyPattern plain(byte[] key, int start, int keyEnd) {
        KeyNode node = root;
        int i = start;
        for (int segments = 1; segments < MAX_SEGMENTS; segments++) {
            int first = i == start ? i : i + 1;
            if (first >= keyEnd) {
                return null;
            }
            KeyNode next;
            if (KeySegment.isDigit(key[first])) {
                for (int digit = first; digit < keyEnd; digit++) {
                    if (!KeySegment.isDigit(key[digit])) {
                        return null;
                    }
                }
                next = node.replaced(key, i, first, KeySegment.number(key, first, keyEnd - first));
                return next == null ? null : next.pattern();
            }
            next = node.plain(key, i, keyEnd);
            if (next == null) {
                return null;
            }
            i += next.length();
            node = next;
            if (i == keyEnd) {
                return node.pattern();
            }
        }
        return null;
    }

    /** By looking at every byte. */
    KeyPattern walked(byte[] key, int start, int keyEnd) {
        int from = javaSerialised(key, start, keyEnd) ? start + 7 : start;
        int to = Math.min(keyEnd, from + MAX_BYTES);
        if (!isText(key, from, keyEnd, to)) {
            return binary;
        }
        byte[] out = CANONICAL.get();
        KeyNode node = root;
        int segments = 0;
        int i = from;
        do {
            int at = 0;
            if (segments > 0) {
                out[at++] = key[i++];
            }
            int separatorEnd = at;
            boolean name = false;
            if (++segments == MAX_SEGMENTS) {
                i = to;
                at = KeySegment.write(KeySegment.ANY, out, at);
            } else {
                int address = KeyAddress.end(key, i, to);
                int wide = end(key, i, to, false);
                int end = end(key, i, to, true);
                byte @Nullable [] whole;
                if (address > i) {
                    whole = KeySegment.IP;
                    end = address;
                } else if (contains(key, i, wide, (byte) '@')) {
                    whole = KeySegment.EMAIL;
                    end = wide;
                } else if (end == to && to < keyEnd) {
                    whole = KeySegment.ANY;
                } else {
                    whole = KeySegment.replacement(key, i, end);
                }
                name = whole == null && end > i;
                at = whole != null ? KeySegment.write(whole, out, at) : KeySegment.writeName(key, i, end, out, at);
                i = end;
            }
            KeyNode next = node.child(out, at, name, separatorEnd, this);
            if (next == null) {
                return other;
            }
            node = next;
        } while (i < to);
        return leaf(node);
    }

    /** Whether one more shape may be kept. */
    boolean hasRoom() {
        return patterns.get() < MAX_PATTERNS;
    }

    /** Shapes of a part of the tree were merged into fewer. */
    void freed(int shapes) {
        patterns.addAndGet(-shapes);
    }

    /** Shapes held. */
    int size() {
        return patterns.get();
    }

    private KeyPattern leaf(KeyNode node) {
        KeyPattern pattern = node.pattern();
        if (pattern != null) {
            return pattern;
        }
        return hasRoom() ? node.become(new KeyPattern(node.path()), patterns) : other;
    }

    private static boolean javaSerialised(byte[] key, int start, int end) {
        return end - start > 7
                && key[start] == (byte) 0xAC
                && key[start + 1] == (byte) 0xED
                && key[start + 2] == 0
                && key[start + 3] == 5
                && key[start + 4] == 0x74;
    }

    /** Whether the bytes are UTF-8 without control characters. A character cut by the length cap is no reason to doubt. */
    private static boolean isText(byte[] key, int from, int keyEnd, int to) {
        int i = from;
        while (i < to) {
            int c = key[i] & 0xFF;
            if (c < 0x20 || c == 0x7F) {
                return false;
            }
            int more = c < 0x80
                    ? 0
                    : c >= 0xC2 && c < 0xE0 ? 1 : c >= 0xE0 && c < 0xF0 ? 2 : c >= 0xF0 && c < 0xF5 ? 3 : -1;
            if (more < 0 || i + more >= keyEnd) {
                return false;
            }
            for (int k = 1; k <= more; k++) {
                if ((key[i + k] & 0xC0) != 0x80) {
                    return false;
                }
            }
            i += more + 1;
        }
        return true;
    }

    private static int end(byte[] key, int from, int to, boolean atDots) {
        int i = from;
        while (i < to && !isSeparator(key[i], atDots)) {
            i++;
        }
        return i;
    }

    static boolean isSeparator(byte c, boolean atDots) {
        return c == ':' || c == '/' || c == '|' || c == '#' || c == '{' || c == '}' || (c == '.' && atDots);
    }

    static boolean contains(byte[] key, int from, int to, byte wanted) {
        for (int i = from; i < to; i++) {
            if (key[i] == wanted) {
                return true;
            }
        }
        return false;
    }
}
