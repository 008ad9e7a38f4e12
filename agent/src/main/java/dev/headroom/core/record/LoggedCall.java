package dev.headroom.core.record;

import org.jspecify.annotations.Nullable;

/**
 * One call of a request, or several runs of one shape close together. An entry of a {@link CallLog}, used again and again, until an
 * {@link Example} takes it; then it does not change any more.
 */
public final class LoggedCall {
    CallStack.@Nullable Kind kind;

    @Nullable
    Series series;

    long startNanos;
    long nanos;
    long longestNanos;
    int count;

    /** Of this shape within the request, up to and with this entry, as far as they were close together. */
    int runs;

    /** Of Redis bytes of values read or written; negative where nobody told. */
    long rows;

    int hits;
    int misses;

    /** Of the request's transactions, counted from 1; 0 in none, or not all runs in the same. */
    int transaction;

    boolean within;

    @Nullable
    String errorType;

    @Nullable
    String thread;

    @Nullable
    String caller;

    LoggedCall() {}

    void first(CallStack.Kind itsKind, Series itsSeries, long start, long took, @Nullable String error) {
        kind = itsKind;
        series = itsSeries;
        startNanos = start;
        nanos = took;
        longestNanos = took;
        count = 1;
        rows = -1;
        hits = 0;
        misses = 0;
        transaction = 0;
        errorType = error;
        caller = null;
    }

    void again(long took) {
        nanos += took;
        longestNanos = Math.max(longestNanos, took);
        count++;
    }

    /** The run that was noted last was within that transaction of the request; 0 for none. */
    void ranIn(int itsTransaction) {
        transaction = count == 1 || transaction == itsTransaction ? itsTransaction : 0;
    }

    void addRows(long more) {
        rows = Math.max(0, rows) + more;
    }

    /** Takes over everything of another entry. */
    void copy(LoggedCall other) {
        kind = other.kind;
        series = other.series;
        startNanos = other.startNanos;
        nanos = other.nanos;
        longestNanos = other.longestNanos;
        count = other.count;
        runs = other.runs;
        rows = other.rows;
        hits = other.hits;
        misses = other.misses;
        transaction = other.transaction;
        within = other.within;
        errorType = other.errorType;
        thread = other.thread;
        caller = other.caller;
    }

    /** What kind of call; never a served request. */
    public CallStack.@Nullable Kind kind() {
        return kind;
    }

    /** What the calls have in common: the attributes of their series. */
    public Attributes attributes() {
        Series known = series;
        return known == null ? Attributes.NONE : known.attributes();
    }

    /** From the request's start to the first call's. */
    public long startNanos() {
        return startNanos;
    }

    /** Of all runs together. */
    public long nanos() {
        return nanos;
    }

    public long longestNanos() {
        return longestNanos;
    }

    public int count() {
        return count;
    }

    /** Read or changed by all runs, of Redis the bytes of the values read or written; negative where nobody told. */
    public long rows() {
        return rows;
    }

    public int hits() {
        return hits;
    }

    public int misses() {
        return misses;
    }

    /** Which of the request's transactions it was within, counted from 1; 0 for none, or for several runs in different ones. */
    public int transaction() {
        return transaction;
    }

    /** Whether it ran inside another call of the request, whose time includes it. */
    public boolean within() {
        return within;
    }

    public @Nullable String errorType() {
        return errorType;
    }

    /** The thread, where it is not the one that served the request; without what may be a value. */
    public @Nullable String thread() {
        String name = thread;
        return name == null ? null : ThreadName.masked(name);
    }

    /** The application's code that made the call, where it was asked for. */
    public @Nullable String caller() {
        return caller;
    }
}
