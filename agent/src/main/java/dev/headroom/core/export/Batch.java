package dev.headroom.core.export;

/** A window that was sent at least once: its number and its bytes never change again. Immutable by convention; thread-safe. */
final class Batch {
    private final long sequence;
    private final byte[] bytes;
    private final int plainBytes;
    private final int windows;

    Batch(long sequence, byte[] bytes, int plainBytes, int windows) {
        this.sequence = sequence;
        this.bytes = bytes;
        this.plainBytes = plainBytes;
        this.windows = windows;
    }

    /** From 1, without gaps, in the order of sending. */
    long sequence() {
        return sequence;
    }

    /** Gzipped. */
    byte[] bytes() {
        return bytes;
    }

    /** Size before compression. */
    int plainBytes() {
        return plainBytes;
    }

    /** How many windows became this one, itself included. */
    int windows() {
        return windows;
    }
}
