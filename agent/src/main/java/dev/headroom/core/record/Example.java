package dev.headroom.core.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One request with its calls, or one slow call outside of any request, kept to be looked at. Holds shapes, patterns, names and numbers
 * only: no literal, key, header, body or parameter. Not changed any more once it was drained;
 * thread-safe from then on.
 */
public final class Example {
    /** Why it was kept; the first that holds. From the most urgent to the least. */
    public enum Reason {
        FAILED("failed"),
        SLOW("slow"),
        BUDGET("budget"),
        REPEATED("repeated"),
        NORMAL("normal");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** As on the wire. */
        public String word() {
            return word;
        }
    }

    private static final int HEAP_BYTES = 300;
    private static final int HEAP_BYTES_PER_CALL = 120;

    final Reason reason;
    final long startUnixNanos;
    final long nanos;
    final String thread;
    final @Nullable String method;
    final @Nullable String route;
    final int status;
    final @Nullable String errorType;
    final @Nullable String message;
    final @Nullable String traceId;
    final long rows;
    final LoggedCall[] calls;
    final int leftOut;
    private TimeSplit split = TimeSplit.NONE;

    private Example(
            Reason reason,
            long endUnixNanos,
            long nanos,
            @Nullable String method,
            @Nullable String route,
            int status,
            @Nullable String errorType,
            @Nullable String message,
            @Nullable String traceId,
            long rows,
            LoggedCall[] calls,
            int leftOut) {
        this.reason = reason;
        this.startUnixNanos = endUnixNanos - nanos;
        this.nanos = nanos;
        this.thread = ThreadName.masked(Thread.currentThread().getName());
        this.method = method;
        this.route = route;
        this.status = status;
        this.errorType = errorType;
        this.message = message;
        this.traceId = traceId;
        this.rows = rows;
        this.calls = calls;
        this.leftOut = leftOut;
    }

    /** A request; its log gives up its entries. */
    static Example ofRequest(Reason reason, Finished request, RequestScope account, long endUnixNanos) {
        String text = account.failureText();
        CallLog log = account.log();
        int leftOut = log.leftOut();
        LoggedCall[] calls = log.take();
        return new Example(
                reason,
                endUnixNanos,
                request.nanos,
                request.method,
                request.route,
                request.status,
                request.error,
                text == null ? null : MessageMask.masked(text),
                request.traceId,
                account.rows(),
                calls,
                leftOut);
    }

    static Example ofCall(
            CallStack.Kind kind,
            Series series,
            long nanos,
            long rows,
            @Nullable String errorType,
            @Nullable String caller,
            long endUnixNanos) {
        LoggedCall call = new LoggedCall();
        call.first(kind, series, 0, nanos, errorType);
        call.rows = rows;
        call.caller = caller;
        return new Example(
                Reason.SLOW,
                endUnixNanos,
                nanos,
                null,
                null,
                0,
                errorType,
                null,
                null,
                Math.max(0, rows),
                new LoggedCall[] {call},
                0);
    }

    /** Puts the calls in the order of their starts and shares out the time: the agent's thread does it before anybody else looks. */
    void order() {
        Arrays.sort(calls, (one, other) -> Long.compare(one.startNanos, other.startNanos));
        split = TimeSplit.of(calls, nanos);
    }

    /** Whether it is a request; else it is a single call. */
    public boolean isRequest() {
        return route != null;
    }

    public Reason reason() {
        return reason;
    }

    public long startUnixNanos() {
        return startUnixNanos;
    }

    public long nanos() {
        return nanos;
    }

    /** The thread on which it ended, without what may be a value. */
    public String thread() {
        return thread;
    }

    public @Nullable String method() {
        return method;
    }

    /** Null for a single call. */
    public @Nullable String route() {
        return route;
    }

    /** 0 for a single call. */
    public int status() {
        return status;
    }

    public @Nullable String errorType() {
        return errorType;
    }

    /** Of the exception, with all but well-known words replaced. */
    public @Nullable String message() {
        return message;
    }

    public @Nullable String traceId() {
        return traceId;
    }

    public long rows() {
        return rows;
    }

    public TimeSplit split() {
        return split;
    }

    public int callCount() {
        return calls.length;
    }

    /** In the order of their starts. */
    public LoggedCall call(int index) {
        return calls[index];
    }

    /** Calls beyond the cap. */
    public int leftOut() {
        return leftOut;
    }

    /** Estimated. */
    long heapBytes() {
        return HEAP_BYTES + (long) HEAP_BYTES_PER_CALL * calls.length;
    }
}
