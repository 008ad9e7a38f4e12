package dev.headroom.core.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one request in the order of their ends, at most {@link #MAX} entries. Runs of one shape right after each other share
 * an entry; so do the third and further runs among the last {@value #NEAR} entries: a loop over a thousand rows takes one entry for
 * each statement in it. Used again, it allocates nothing. One thread at a time.
 */
final class CallLog {
    static final int MAX = 512;
    private static final int NEAR = 8;
    private static final int FIRST = 8;
    private static final int ROWS_BACK = 32;

    /** More entries than that are let go of with the next request that needs few. */
    private static final int KEPT = 64;

    private static final LoggedCall[] NONE = {};

    private LoggedCall[] calls = NONE;
    private int size;
    private int leftOut;
    private int mostRuns;

    void clear() {
        if (calls.length > KEPT && size <= KEPT) {
            calls = NONE;
        }
        size = 0;
        leftOut = 0;
        mostRuns = 0;
    }

    /** @return the entry that has the call now; null when there is no room, and it is only counted */
    @Nullable
    LoggedCall add(
            CallStack.Kind kind,
            Series series,
            long start,
            long took,
            boolean within,
            @Nullable String errorType,
            @Nullable String thread) {
        int runs = 1;
        int stop = Math.max(0, size - NEAR);
        for (int i = size - 1; i >= stop; i--) {
            LoggedCall near = calls[i];
            if (near.series == series && near.within == within) {
                runs = near.runs + 1;
                boolean alike = same(near.errorType, errorType) && same(near.thread, thread);
                if (alike && (i == size - 1 || runs > 2)) {
                    near.runs = runs;
                    near.again(took);
                    repeated(kind, runs);
                    return near;
                }
                break;
            }
        }
        repeated(kind, runs);
        LoggedCall entry = next();
        if (entry != null) {
            entry.first(kind, series, start, took, errorType);
            entry.runs = runs;
            entry.within = within;
            entry.thread = thread;
        }
        return entry;
    }

    private void repeated(CallStack.Kind kind, int runs) {
        if (kind == CallStack.Kind.REDIS || kind == CallStack.Kind.HTTP_CLIENT) {
            mostRuns = Math.max(mostRuns, runs);
        }
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equals(other);
    }

    private @Nullable LoggedCall next() {
        if (size == calls.length) {
            if (size == MAX) {
                leftOut++;
                return null;
            }
            calls = Arrays.copyOf(calls, Math.min(MAX, Math.max(FIRST, size * 2)));
            for (int i = size; i < calls.length; i++) {
                calls[i] = new LoggedCall();
            }
        }
        return calls[size++];
    }

    /** A result of a statement of that series was read: so many rows of it. */
    void rows(Series series, long rows) {
        int stop = Math.max(0, size - ROWS_BACK);
        for (int i = size - 1; i >= stop; i--) {
            if (calls[i].series == series) {
                calls[i].addRows(rows);
                return;
            }
        }
    }

    /**
     * Adds everything of another log, which is then as it was.
     *
     * @param transactions that were counted here; those of the other log come behind
     */
    void addAll(CallLog other, int transactions) {
        for (int i = 0; i < other.size; i++) {
            LoggedCall entry = next();
            if (entry == null) {
                leftOut += other.calls[i].count - 1;
            } else {
                entry.copy(other.calls[i]);
                entry.transaction += entry.transaction > 0 ? transactions : 0;
            }
        }
        leftOut += other.leftOut;
        mostRuns = Math.max(mostRuns, other.mostRuns);
    }

    /** Where the newest entry ends, its runs taken as if without a gap; 0 without any. */
    long lastEnd() {
        return size == 0 ? 0 : calls[size - 1].startNanos + calls[size - 1].nanos;
    }

    int size() {
        return size;
    }

    LoggedCall at(int index) {
        return calls[index];
    }

    /** The entries, which the log does not use again. */
    LoggedCall[] take() {
        LoggedCall[] taken = Arrays.copyOf(calls, size);
        calls = NONE;
        size = 0;
        return taken;
    }

    /** Calls for which there was no room. */
    int leftOut() {
        return leftOut;
    }

    /** Most runs of one Redis command or outgoing call close together. Statements are counted by the request itself. */
    int mostRuns() {
        return mostRuns;
    }
}
