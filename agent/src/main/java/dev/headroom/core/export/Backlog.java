package dev.headroom.core.export;

import dev.headroom.core.record.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the dashboard has not acknowledged: at most one batch that was sent, then windows that were not, oldest first. A window
 * gets its number, and its final bytes, when it is first sent.
 *
 * <p>Everything that waits stays within a number of bytes and of windows. Beyond either, two neighbours become one ({@link
 * WindowMerge}): first such as lie in one cell of ten seconds, then of a minute, and so on, the oldest first. So an outage
 * coarsens evenly, and merged windows nest in the cells that stores roll up to. A window that is too large by itself gets coarser
 * ({@link Coarsening}). Nothing is ever dropped, and what was sent is never touched.
 *
 * <p>Relations: windows added = acknowledged + given up + merged + {@link #size}. For the agent's thread only.
 */
final class Backlog {
    private static final long SECOND_MILLIS = 1_000;
    private static final long[] CELLS_MILLIS = {
        10 * SECOND_MILLIS,
        60 * SECOND_MILLIS,
        600 * SECOND_MILLIS,
        3_600 * SECOND_MILLIS,
        6 * 3_600 * SECOND_MILLIS,
        Long.MAX_VALUE
    };

    private final OtlpEncoding encoding;
    private final int maxWindows;
    private final long maxBytes;
    private final WindowMerge merge = new WindowMerge();
    private final WindowWeights weights = new WindowWeights();
    private final List<Waiting> unsent = new ArrayList<>();
    private @Nullable Batch sent;
    private long lastSequence;
    private long merged;

    Backlog(OtlpEncoding encoding, int maxWindows, long maxBytes) {
        this.encoding = encoding;
        this.maxWindows = Math.max(1, maxWindows);
        this.maxBytes = maxBytes;
    }

    void add(Window window) {
        unsent.add(new Waiting(window, 1));
        weights.add(window);
        while (unsent.size() > maxWindows || (unsent.size() > 1 && heapBytes() > maxBytes)) {
            mergeTwo();
        }
        if (heapBytes() > maxBytes) {
            replace(0, 1, Coarsening.within(unsent.get(0).window, maxBytes - sentBytes()), unsent.get(0).windows);
        }
    }

    private void mergeTwo() {
        int at = oldestPair();
        Waiting earlier = unsent.get(at);
        Waiting later = unsent.get(at + 1);
        replace(at, 2, merge.merge(earlier.window, later.window), earlier.windows + later.windows);
        merged++;
    }

    /** The first of the two. */
    private int oldestPair() {
        for (long cell : CELLS_MILLIS) {
            for (int at = 0; at + 1 < unsent.size(); at++) {
                long start = unsent.get(at).window.startMillis();
                long end = unsent.get(at + 1).window.endMillis();
                if (Math.floorDiv(start, cell) == Math.floorDiv(end - 1, cell)) {
                    return at;
                }
            }
        }
        return 0;
    }

    private void replace(int at, int count, Window window, int windows) {
        for (int i = 0; i < count; i++) {
            weights.remove(unsent.remove(at).window);
        }
        weights.add(window);
        unsent.add(at, new Waiting(window, windows));
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
            if (unsent.isEmpty()) {
                return null;
            }
            Waiting oldest = unsent.remove(0);
            weights.remove(oldest.window);
            byte[] plain = encoding.encode(oldest.window);
            current = new Batch(++lastSequence, OtlpEncoding.gzipped(plain), plain.length, oldest.windows);
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

    /** The windows that were not sent, oldest first. */
    List<Window> waiting() {
        List<Window> windows = new ArrayList<>(unsent.size());
        for (Waiting each : unsent) {
            windows.add(each.window);
        }
        return windows;
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Estimated heap of everything that waits. */
    long heapBytes() {
        return weights.bytes() + sentBytes();
    }

    private long sentBytes() {
        return sent == null ? 0 : sent.bytes().length;
    }

    /** Windows that were merged into another, since the start. */
    long merged() {
        return merged;
    }

    /** A window, and how many it was made of. */
    private static final class Waiting {
        final Window window;
        final int windows;

        Waiting(Window window, int windows) {
            this.window = window;
            this.windows = windows;
        }
    }
}
