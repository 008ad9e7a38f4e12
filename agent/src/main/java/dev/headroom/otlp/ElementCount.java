package dev.headroom.otlp;

/**
 * Bounds how many resources, points or spans one request may hold: an empty one takes two bytes of it and a hundred times as much
 * memory. Not thread-safe.
 */
public final class ElementCount {
    public static final int MAX = 250_000;

    private int elements;

    /** @throws MalformedOtlpException beyond {@link #MAX} */
    public void another() {
        if (++elements > MAX) {
            throw new MalformedOtlpException(
                    "More than " + MAX + " resources and points in one request; send smaller batches");
        }
    }
}
