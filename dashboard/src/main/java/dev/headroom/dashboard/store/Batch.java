package dev.headroom.dashboard.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One accepted request of one sender: a delta window {@code (start, end]}.
 *
 * @param cursor the sender's number for it; null for senders without numbers
 * @param streams what to remember of the sender's streams, kept in the same transaction; null leaves it as it was
 * @param delivery how it came, for the sender's {@link Ledger}; null for senders without numbers
 */
public record Batch(
        Sender sender,
        @Nullable Cursor cursor,
        Instant start,
        Instant end,
        List<Point> points,
        @Nullable StreamStates streams,
        @Nullable Delivery delivery) {
    public Batch(
            Sender sender,
            @Nullable Cursor cursor,
            Instant start,
            Instant end,
            List<Point> points,
            @Nullable StreamStates streams) {
        this(sender, cursor, start, end, points, streams, null);
    }

    public Batch(Sender sender, @Nullable Cursor cursor, Instant start, Instant end, List<Point> points) {
        this(sender, cursor, start, end, points, null, null);
    }

    /** The same, come this way. */
    public Batch with(Delivery how) {
        return new Batch(sender, cursor, start, end, points, streams, how);
    }

    /**
     * What makes a repeat recognisable.
     *
     * @param signal {@code m} for metrics, {@code l} for logs
     * @param sequence counts from 1 per sender and signal
     */
    public record Cursor(String signal, long sequence) {}
}
