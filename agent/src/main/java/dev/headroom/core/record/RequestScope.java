package dev.headroom.core.record;

import org.jspecify.annotations.Nullable;

/**
 * What one served request did so far: statements and how often each shape of them ran, rows, connections, cache lookups. A server
 * hook begins and ends it and lends it to the thread that serves the request; database and cache hooks add to it. Used by one
 * thread at a time; used again, it allocates nothing. Other threads that work for the request get {@link #elsewhere()}.
 *
 * <p>Outside a request nothing is counted.
 */
public class RequestScope extends RequestCounts {
    /** Callers looked up for one request. */
    private static final int MAX_WALKS = 32;

    private @Nullable String route;
    private @Nullable String mapping;
    private @Nullable String failure;
    private @Nullable String failureText;
    private @Nullable Elsewhere elsewhere;
    private final CallLog log = new CallLog();
    private volatile @Nullable Examples examples;
    private boolean detailed;
    private int walks;
    private long startNanos;
    private int serial;
    private @Nullable String traceParent;

    /** Begun for it so far. */
    private int transactions;

    /** Begins without a log of calls. */
    public void begin() {
        begin(null, 0);
    }

    /** @param keeper for whom calls are logged; null: they are not */
    public void begin(@Nullable Examples keeper, long nowNanos) {
        boolean logging = keeper != null && nowNanos != Clock.UNTIMED && keeper.wanted();
        log(logging ? keeper : null, nowNanos);
        detailed = logging && keeper != null && keeper.wantsDetail(nowNanos);
        failureText = null;
        serial++;
        route = null;
        mapping = null;
        failure = null;
        elsewhere = null;
        traceParent = null;
        transactions = 0;
        beginCounting();
    }

    final void log(@Nullable Examples keeper, long nowNanos) {
        examples = keeper;
        startNanos = nowNanos;
        detailed = false;
        walks = 0;
        log.clear();
    }

    final @Nullable Examples examples() {
        return examples;
    }

    /** Nothing is counted from here on, on any thread; what other threads counted is in this account afterwards. */
    public void end() {
        gather();
        endCounting();
        examples = null;
        failureText = null;
    }

    /** Takes over what other threads counted for the request; what they do from here on is nobody's. */
    public void gather() {
        Elsewhere others = elsewhere;
        elsewhere = null;
        if (others != null) {
            others.endInto(this);
        }
    }

    /**
     * The same request for threads to which it hands work; null outside one. It may be kept beyond the request's end: then it counts
     * nothing, and it knows nothing of the request.
     */
    public @Nullable RequestScope elsewhere() {
        if (!active()) {
            return null;
        }
        Elsewhere known = elsewhere;
        if (known == null) {
            known = new Elsewhere(examples, startNanos);
            known.traceParent(traceParent);
            elsewhere = known;
        }
        return known;
    }

    final void add(RequestScope other) {
        addCounts(other);
        route = route == null ? other.route : route;
        mapping = mapping == null ? other.mapping : mapping;
        failure = failure == null ? other.failure : failure;
        failureText = failureText == null ? other.failureText : failureText;
        log.addAll(other.log(), transactions);
        transactions += other.transactions;
    }

    /** Changes with every begin. */
    public final int serial() {
        return serial;
    }

    /** After the last word about the request: holds nothing of the application's any more and logs nothing. */
    public final void forget() {
        traceParent = null;
        examples = null;
        failureText = null;
    }

    /** What was called for the request. */
    final CallLog log() {
        return log;
    }

    /** Whether calls are logged. */
    public final boolean logged() {
        return examples != null;
    }

    /** A call for the request has ended on this thread; see {@link CallStack#called}. */
    void called(
            CallStack.Kind kind,
            Series series,
            long itsStart,
            long nanos,
            boolean within,
            long changed,
            long found,
            @Nullable String errorType,
            int transaction) {
        Examples keeper = examples;
        LoggedCall entry =
                keeper == null ? null : add(kind, series, itsStart, nanos, within, changed, found, errorType, null);
        if (entry != null) {
            entry.ranIn(transaction);
        }
        if (keeper != null && entry != null && wantsCaller(keeper, entry, itsStart, nanos)) {
            entry.caller = StackWalk.caller();
        }
    }

    /**
     * A call that one of the request's threads began has ended on this thread, whose stack does not know the caller. For what {@link
     * #elsewhere()} gave.
     *
     * @param changed rows, of Redis bytes of the value; negative when unknown
     * @param found cache lookups: hits in the upper half, misses in the lower
     * @param transaction its number among the request's; 0 for none
     */
    public void ended(
            CallStack.Kind kind,
            Series series,
            long itsStart,
            long nanos,
            long changed,
            long found,
            @Nullable String errorType,
            @Nullable String caller,
            int transaction) {
        LoggedCall entry = add(
                kind,
                series,
                itsStart,
                nanos,
                false,
                changed,
                found,
                errorType,
                Thread.currentThread().getName());
        if (entry != null) {
            entry.caller = entry.caller == null ? caller : entry.caller;
            entry.ranIn(transaction);
        }
    }

    /** A transaction begins: its number among the request's. */
    int transactionBegan() {
        return ++transactions;
    }

    /**
     * Whether the stack is worth a walk at the begin of a call whose end may be told by a thread that does not know the caller.
     *
     * @param remarkable even of a request that is not, while few are asked for
     */
    boolean wantsCallerAtBegin(long nowNanos, boolean remarkable) {
        Examples keeper = examples;
        if (keeper == null || walks >= MAX_WALKS) {
            return false;
        }
        boolean wanted = detailed || keeper.looksSlow(nowNanos - startNanos) || (remarkable && keeper.mayWalk(true));
        walks += wanted ? 1 : 0;
        return wanted;
    }

    /** From where a call is made that may end on another thread, where that will be wanted. */
    public @Nullable String callerAtBegin(long nowNanos) {
        return wantsCallerAtBegin(nowNanos, false) ? StackWalk.caller() : null;
    }

    @Nullable
    final LoggedCall add(
            CallStack.Kind kind,
            Series series,
            long itsStart,
            long nanos,
            boolean within,
            long changed,
            long found,
            @Nullable String errorType,
            @Nullable String thread) {
        LoggedCall entry = log.add(kind, series, Math.max(0, itsStart - startNanos), nanos, within, errorType, thread);
        if (entry != null) {
            if (changed >= 0) {
                entry.addRows(changed);
            }
            entry.hits += (int) (found >>> 32);
            entry.misses += (int) found;
        }
        return entry;
    }

    /** Walking the stack costs as much as a thousand of the entries: only where it will be wanted. */
    final boolean wantsCaller(Examples keeper, LoggedCall entry, long itsStart, long nanos) {
        if (entry.caller != null || walks >= MAX_WALKS) {
            return false;
        }
        boolean wanted = detailed
                || keeper.isSlowCall(nanos)
                || keeper.looksSlow(itsStart + nanos - startNanos)
                || (entry.errorType != null && entry.count == 1 && keeper.mayWalk(false))
                || (entry.runs == Examples.REPEATED && keeper.mayWalk(false))
                || (entry.runs == 2 && keeper.mayWalk(true));
        walks += wanted ? 1 : 0;
        return wanted;
    }

    /** A cache was looked up, which takes next to no time: it stands where the call before it ended. */
    public void looked(CounterSeries cache, boolean hit) {
        if (examples != null) {
            LoggedCall entry = log.add(CallStack.Kind.CACHE, cache, log.lastEnd(), 0, false, null, null);
            if (entry != null) {
                entry.hits += hit ? 1 : 0;
                entry.misses += hit ? 0 : 1;
            }
        }
    }

    /** A result of a statement of that series was read: so many rows of it. */
    public void returned(DurationSeries series, long read) {
        if (examples != null) {
            log.rows(series, read);
        }
    }

    /** From the request's start; 0 when none was timed. */
    long startNanos() {
        return startNanos;
    }

    /** The W3C {@code traceparent} that outgoing calls of the request are to carry; null, or a malformed one, for none. */
    public final void traceParent(@Nullable String header) {
        traceParent = Finished.isTraceParent(header) ? header : null;
    }

    public final @Nullable String traceParent() {
        return traceParent;
    }

    /** The route template that a framework matched; the first one told wins, since forwards and error pages come later. */
    public void route(String template) {
        if (route == null) {
            route = template;
        }
    }

    /** Null while no framework has told one. */
    public @Nullable String route() {
        return route;
    }

    /** The URL pattern by which the server chose the servlet, for requests that no framework gives a route; the first one told wins. */
    public void mapping(String pattern) {
        if (mapping == null) {
            mapping = pattern;
        }
    }

    /** Null while no servlet has been called. */
    public @Nullable String mapping() {
        return mapping;
    }

    /** An exception left the application; the first one told wins. Whether the request failed, its status says. */
    public void failure(String className) {
        failure(className, null);
    }

    /** @param message of the exception, or null; kept until the request ends */
    public void failure(String className, @Nullable String message) {
        if (failure == null) {
            failure = className;
            failureText = message;
        }
    }

    @Nullable
    String failureText() {
        return failureText;
    }

    public @Nullable String failure() {
        return failure;
    }
}
