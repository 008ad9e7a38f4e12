package dev.headroom.core.hook.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A place in the tree of shapes: a separator and what follows it. Thread-safe without locks: children are copied to add one.
 */
final class KeyNode {
    private static final AtomicReferenceFieldUpdater<KeyNode, KeyNode[]> CHILDREN =
            AtomicReferenceFieldUpdater.newUpdater(KeyNode.class, KeyNode[].class, "children");
    private static final AtomicReferenceFieldUpdater<KeyNode, KeyPattern> PATTERN =
            AtomicReferenceFieldUpdater.newUpdater(KeyNode.class, KeyPattern.class, "pattern");
    private static final KeyNode[] NONE = new KeyNode[0];

    private final byte[] segment;
    private final int hash;
    private final String path;
    private final boolean name;
    private final boolean plain;
    private volatile KeyNode[] children = NONE;
    private volatile @Nullable KeyPattern pattern;
    private volatile boolean wild;

    KeyNode(byte[] segment, String path, boolean name) {
        this.segment = segment;
        this.hash = hash(segment, segment.length);
        this.path = path;
        this.name = name;
        this.plain = name && isPlain(segment);
    }

    /** Letters and joints with a letter that is no hexadecimal digit: no address can begin with it, and nothing in it is replaced. */
    private static boolean isPlain(byte[] segment) {
        boolean word = false;
        for (int i = KeyPatterns.isSeparator(segment[0], true) ? 1 : 0; i < segment.length; i++) {
            byte c = segment[i];
            if (!isLetter(c) && c != '-' && c != '_') {
                return false;
            }
            word |= isLetter(c) && !KeySegment.isHex(c);
        }
        return word;
    }

    private static boolean isLetter(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Bytes of the segment, its separator included. */
    int length() {
        return segment.length;
    }

    /** The place below for the plain name that stands there, up to the key's end or a separator; null when there is none. */
    @Nullable
    KeyNode plain(byte[] key, int from, int keyEnd) {
        for (KeyNode child : children) {
            if (child.plain && child.stands(key, from, keyEnd)) {
                return child;
            }
        }
        return null;
    }

    private boolean stands(byte[] key, int from, int keyEnd) {
        int end = from + segment.length;
        if (end > keyEnd || (end < keyEnd && !KeyPatterns.isSeparator(key[end], false))) {
            return false;
        }
        for (int i = segment.length - 1; i >= 0; i--) {
            if (key[from + i] != segment[i]) {
                return false;
            }
        }
        return true;
    }

    /** The place below for a replacement behind the bytes of the key between the two places: the separator, or nothing. */
    @Nullable
    KeyNode replaced(byte[] key, int from, int first, byte[] replacement) {
        int separator = first - from;
        for (KeyNode child : children) {
            if (child.segment.length == separator + replacement.length
                    && (separator == 0 || child.segment[0] == key[from])
                    && child.endsWith(replacement)) {
                return child;
            }
        }
        return null;
    }

    private boolean endsWith(byte[] text) {
        for (int i = text.length - 1, at = segment.length - 1; i >= 0; i--, at--) {
            if (segment[at] != text[i]) {
                return false;
            }
        }
        return true;
    }

    String path() {
        return path;
    }

    /** The shape that ends here, or null. */
    @Nullable
    KeyPattern pattern() {
        return pattern;
    }

    /** Gives this place the shape, unless another thread was faster; returns the one it has. */
    KeyPattern become(KeyPattern shape, AtomicInteger shapes) {
        if (PATTERN.compareAndSet(this, null, shape)) {
            shapes.incrementAndGet();
            return shape;
        }
        KeyPattern faster = pattern;
        return faster == null ? shape : faster;
    }

    /**
     * The place below for this segment.
     *
     * @param canonical the segment, its separator first, in the first {@code length} bytes; overwritten where names no longer
     *     count
     * @return null when there is no room for one more shape
     */
    @Nullable
    KeyNode child(byte[] canonical, int length, boolean isName, int separatorEnd, KeyPatterns tree) {
        while (true) {
            int end = length;
            boolean named = isName;
            if (isName && wild) {
                end = KeySegment.write(KeySegment.ANY, canonical, separatorEnd);
                named = false;
            }
            int wanted = hash(canonical, end);
            KeyNode[] known = children;
            int names = 0;
            for (KeyNode child : known) {
                if (child.hash == wanted && child.is(canonical, end)) {
                    return child;
                }
                names += child.name ? 1 : 0;
            }
            if (named && names >= KeyPatterns.MAX_NAMES) {
                collapse(tree);
                continue;
            }
            if (!tree.hasRoom()) {
                return null;
            }
            byte[] own = Arrays.copyOf(canonical, end);
            KeyNode created = new KeyNode(own, path + new String(own, StandardCharsets.UTF_8), named);
            KeyNode[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = created;
            if (CHILDREN.compareAndSet(this, known, more)) {
                return created;
            }
        }
    }

    private void collapse(KeyPatterns tree) {
        wild = true;
        KeyNode[] before = children;
        KeyNode[] after = new KeyNode[before.length];
        int kept = 0;
        int freed = 0;
        for (KeyNode child : before) {
            if (child.name) {
                freed += child.leaves();
            } else {
                after[kept++] = child;
            }
        }
        if (CHILDREN.compareAndSet(this, before, Arrays.copyOf(after, kept))) {
            tree.freed(freed);
        }
    }

    private int leaves() {
        int leaves = pattern == null ? 0 : 1;
        for (KeyNode child : children) {
            leaves += child.leaves();
        }
        return leaves;
    }

    private boolean is(byte[] canonical, int length) {
        if (segment.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (segment[i] != canonical[i]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] bytes, int length) {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash;
    }
}
