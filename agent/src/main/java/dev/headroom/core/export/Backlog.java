package dev.headroom.core.export;

import dev.headroom.core.record.Window;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What the dashboard has not acknowledged: at most one batch that was sent, then windows that were not, oldest first. A window
 * gets its number, and its final bytes, when it is first sent. When there are too many windows or bytes, the two oldest unsent
 * ones become one ({@link WindowMerge}): nothing is lost, only the time resolution of an outage coarsens. What was sent is never
 * merged.
 *
 * <p>Relations: windows added = acknowledged + given up + merged + {@link #size}. For the agent's thread only.
 */
final class Backlog {
    private static final int BYTES_PER_ENTRY = 160;
    private static final int BYTES_PER_BUCKET = 8;

    private final OtlpEncoding encoding;
    private final int maxWindows;
    private final long maxBytes;
    private final WindowMerge merge = new WindowMerge();
    private final Deque<Sized> unsent = new ArrayDeque<>();
    private @Nullable Batch sent;
    private long lastSequence;
    private long unsentBytes;
    private long merged;

    Backlog(OtlpEncoding encoding, int maxWindows, long maxBytes) {
        this.encoding = encoding;
        this.maxWindows = Math.max(1, maxWindows);
        this.maxBytes = maxBytes;
    }

    void add(Window window) {
        append(new Sized(window));
        while (unsent.size() > 1 && (unsent.size() > maxWindows || unsentBytes > maxBytes)) {
            Sized earlier = unsent.removeFirst();
            Sized later = unsent.removeFirst();
            Sized both = new Sized(merge.merge(earlier.window, later.window));
            unsent.addFirst(both);
            unsentBytes += both.bytes - earlier.bytes - later.bytes;
            merged++;
        }
    }

    private void append(Sized window) {
        unsent.addLast(window);
        unsentBytes += window.bytes;
    }

    /**
     * The batch to send now: the one already sent, until {@link #settled}; else the oldest window, which becomes a batch; null when
     * there is none.
     *
     * @throws RuntimeException when a window cannot be encoded; it is then gone from here
     */
    @Nullable
    Batch next() {
        Batch current = sent;
        if (current == null) {
            Sized oldest = unsent.pollFirst();
            if (oldest == null) {
                return null;
            }
            unsentBytes -= oldest.bytes;
            byte[] plain = encoding.encode(oldest.window);
            current = new Batch(++lastSequence, OtlpEncoding.gzipped(plain), plain.length);
            sent = current;
        }
        return current;
    }

    /** The sent batch was acknowledged or given up; the next window may be sent. */
    void settled() {
        sent = null;
    }

    /** Windows not acknowledged. */
    int size() {
        return unsent.size() + (sent == null ? 0 : 1);
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Estimated heap of the unsent windows. */
    long unsentBytes() {
        return unsentBytes;
    }

    /** Estimated heap of everything that waits. */
    long heapBytes() {
        return unsentBytes + (sent == null ? 0 : sent.bytes().length);
    }

    /** Windows that were merged into another, since the start. */
    long merged() {
        return merged;
    }

    private static final class Sized {
        final Window window;
        final long bytes;

        Sized(Window window) {
            this.window = window;
            long estimate = 64;
            for (Window.Entry entry : window.entries()) {
                estimate += BYTES_PER_ENTRY
                        + (long) BYTES_PER_BUCKET
                                * (entry.histogram().bucketCount()
                                        + entry.limits().limits());
            }
            this.bytes = estimate;
        }
    }
}
