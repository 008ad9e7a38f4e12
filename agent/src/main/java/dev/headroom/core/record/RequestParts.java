package dev.headroom.core.record;

import java.util.Arrays;

/**
 * How many calls of each kind a request made, and how long it waited for them. Calls are added in the order of their ends; time in
 * which several were under way counts once and is shared out in proportion, as in {@link TimeSplit}. A call that begins before the
 * stretch of calls that ended last lengthens it as if nothing had run before it: with many threads the parts may come out too large,
 * never larger than the request. Used by one thread at a time; used again, it allocates nothing.
 */
final class RequestParts {
    private static final int KINDS = CallStack.Kind.values().length;

    private final int[] calls = new int[KINDS];
    private final long[] nanos = new long[KINDS];
    private long all;
    private long busy;
    /** The stretch of calls that ended last; by the clock that calls are timed with. */
    private long from;

    private long until;
    private boolean any;

    void clear() {
        if (any) {
            Arrays.fill(calls, 0);
            Arrays.fill(nanos, 0);
            all = 0;
            busy = 0;
            any = false;
        }
    }

    @SuppressWarnings("EnumOrdinal") // a place in this object
    void add(CallStack.Kind kind, long start, long took) {
        calls[kind.ordinal()]++;
        nanos[kind.ordinal()] += took;
        all += took;
        long end = start + took;
        if (!any || start - until >= 0) {
            from = start;
            until = end;
            busy += took;
            any = true;
            return;
        }
        long earlier = Math.max(0, from - start);
        long later = Math.max(0, end - until);
        busy += earlier + later;
        from -= earlier;
        until += later;
    }

    /** What other threads did meanwhile. */
    void addAll(RequestParts others) {
        for (int i = 0; i < KINDS; i++) {
            calls[i] += others.calls[i];
            nanos[i] += others.nanos[i];
        }
        all += others.all;
        busy += others.busy;
        any |= others.any;
    }

    @SuppressWarnings("EnumOrdinal") // a place in this object
    int calls(CallStack.Kind kind) {
        return calls[kind.ordinal()];
    }

    /**
     * Its part of a request of {@code total} nanoseconds.
     */
    @SuppressWarnings("EnumOrdinal") // a place in this object
    long nanos(CallStack.Kind kind, long total) {
        long own = nanos[kind.ordinal()];
        long counted = Math.min(busy, total);
        return all <= counted ? own : (long) ((double) own / all * counted);
    }
}
