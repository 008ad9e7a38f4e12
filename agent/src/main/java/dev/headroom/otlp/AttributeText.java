package dev.headroom.otlp;

/**
 * Keeps one attribute's value from filling a receiver's memory, which holds the attributes of every series: beyond {@link #MAX} a
 * value is its begin and a hash of all of it, so that two that differ late stay two series. Stateless and thread-safe.
 */
public final class AttributeText {
    /** In chars; twice what our own agents send of a statement. */
    public static final int MAX = 8_192;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private AttributeText() {}

    public static String bounded(String value) {
        return bounded(value, MAX);
    }

    /** The same with another limit. */
    public static String bounded(String value, int max) {
        if (value.length() <= max) {
            return value;
        }
        long hash = FNV_OFFSET;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * FNV_PRIME;
        }
        return value.substring(0, max) + "... #" + Long.toHexString(hash);
    }
}
