package dev.headroom.dashboard.store;

/**
 * What the receiving side must remember of the streams of a sender without numbers: last points of cumulative streams, last ends
 * of delta streams. Opaque to the store, which keeps it in the transaction that stores the data. Immutable and thread-safe.
 */
public final class StreamStates {
    private final byte[] bytes;

    /** @param bytes kept, not copied: the caller gives it away */
    public StreamStates(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Not copied: do not write to it. */
    public byte[] bytes() {
        return bytes;
    }
}
