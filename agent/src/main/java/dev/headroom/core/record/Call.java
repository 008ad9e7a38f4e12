package dev.headroom.core.record;

import org.jspecify.annotations.Nullable;

/** One call in flight: a reused frame of its thread's {@link CallStack}, valid until it ends. Used by its own thread only. */
public final class Call {
    private final CallStack stack;
    CallStack.@Nullable Kind kind;
    private @Nullable DurationSeries series;
    private long startNanos;
    private int level;
    private @Nullable Object owner;
    private long rows;
    private int transaction;

    Call(CallStack stack) {
        this.stack = stack;
    }

    void open(CallStack.Kind newKind, @Nullable DurationSeries newSeries, long newStartNanos, int newLevel) {
        kind = newKind;
        series = newSeries;
        startNanos = newStartNanos;
        level = newLevel;
        owner = null;
        rows = -1;
        transaction = 0;
    }

    /** It is a statement of this transaction. */
    public void within(OpenTransaction open) {
        transaction = open.numberIn(stack.request());
    }

    /** Rows that the call changed. */
    public void rows(long changed) {
        rows = changed;
    }

    /** What the hook that began the call knows of its thread, so that the end need not look it up again. */
    public void owner(Object threadsOwn) {
        owner = threadsOwn;
    }

    /** What {@link #owner(Object)} was given since the call began, or null. */
    public @Nullable Object owner() {
        return owner;
    }

    /** Replaces the series, when it is known only at the end. */
    public void series(DurationSeries known) {
        series = known;
    }

    public @Nullable DurationSeries series() {
        return series;
    }

    public long startNanos() {
        return startNanos;
    }

    /** Ends and records the call; {@code errorType} null means success. */
    public void end(long nowNanos, @Nullable String errorType) {
        stack.closeTo(level);
        DurationSeries known = series;
        series = null;
        if (known != null) {
            long nanos = Clock.elapsed(startNanos, nowNanos);
            (errorType == null ? known : known.failed(errorType)).record(nanos);
            CallStack.Kind itsKind = kind;
            if (itsKind != null) {
                int number = itsKind == CallStack.Kind.SQL ? transaction : stack.transactionNumber();
                stack.called(itsKind, known, startNanos, nanos, rows, 0, errorType, number);
            }
        }
    }

    /** This thread waited for the call, which is about to end: see {@link CallStack#waited}. */
    public void waited() {
        CallStack.Kind known = kind;
        if (known != null) {
            stack.waited(known, startNanos);
        }
    }

    /** Ends the call without recording it. */
    public void discard() {
        stack.closeTo(level);
        series = null;
    }
}
