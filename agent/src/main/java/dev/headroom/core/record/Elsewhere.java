package dev.headroom.core.record;

import org.jspecify.annotations.Nullable;

/**
 * What other threads than the serving one do for a request, until the request ends. Made for one request and never used again, so
 * that a task which outlives its request can neither count for the next one nor hold the first. Thread-safe.
 */
final class Elsewhere extends RequestScope {
    /** @param keeper for whom calls are logged; null: they are not */
    Elsewhere(@Nullable Examples keeper, long startNanos) {
        begin();
        log(keeper, startNanos);
    }

    @Override
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
        Examples known = examples();
        if (known != null) {
            String thread = Thread.currentThread().getName();
            boolean wanted;
            LoggedCall entry;
            synchronized (this) {
                entry = super.active()
                        ? add(kind, series, itsStart, nanos, within, changed, found, errorType, thread)
                        : null;
                if (entry != null) {
                    entry.ranIn(transaction);
                }
                wanted = entry != null && wantsCaller(known, entry, itsStart, nanos);
            }
            if (wanted && entry != null) {
                place(entry, StackWalk.caller());
            }
        }
    }

    @Override
    synchronized void spent(CallStack.Kind kind, Series series, long itsStart, long nanos) {
        if (super.active()) {
            super.spent(kind, series, itsStart, nanos);
        }
    }

    @Override
    public synchronized void ended(
            CallStack.Kind kind,
            Series series,
            long itsStart,
            long nanos,
            long changed,
            long found,
            @Nullable String errorType,
            @Nullable String caller,
            int transaction) {
        if (!super.active()) {
            return;
        }
        super.spent(kind, series, itsStart, nanos);
        if (super.logged()) {
            super.ended(kind, series, itsStart, nanos, changed, found, errorType, caller, transaction);
        }
    }

    @Override
    synchronized int transactionBegan() {
        return super.transactionBegan();
    }

    @Override
    synchronized boolean wantsCallerAtBegin(long nowNanos, boolean remarkable) {
        return super.wantsCallerAtBegin(nowNanos, remarkable);
    }

    private synchronized void place(LoggedCall entry, @Nullable String caller) {
        if (super.active()) {
            entry.caller = caller;
        }
    }

    @Override
    public synchronized void looked(CounterSeries cache, boolean hit) {
        super.looked(cache, hit);
    }

    @Override
    public synchronized void returned(DurationSeries series, long read) {
        super.returned(series, read);
    }

    /** Adds everything to the request's own account and counts nothing more. */
    synchronized void endInto(RequestScope account) {
        if (super.active()) {
            account.add(this);
            super.end();
        }
    }

    @Override
    public synchronized boolean active() {
        return super.active();
    }

    /** Work that is handed on belongs to the same request. */
    @Override
    public synchronized @Nullable RequestScope elsewhere() {
        return super.active() ? this : null;
    }

    @Override
    public synchronized void statement() {
        super.statement();
    }

    @Override
    public synchronized void read(long shape) {
        super.read(shape);
    }

    @Override
    public synchronized void write(long shape) {
        super.write(shape);
    }

    @Override
    public synchronized void rows(long read) {
        super.rows(read);
    }

    @Override
    public synchronized void connectionOpened() {
        super.connectionOpened();
    }

    @Override
    public synchronized void redisCommands(int answered) {
        super.redisCommands(answered);
    }

    @Override
    public synchronized void held(long nanos) {
        super.held(nanos);
    }

    @Override
    public synchronized void near(boolean hit) {
        super.near(hit);
    }

    @Override
    public synchronized void cache(boolean hit) {
        super.cache(hit);
    }

    @Override
    public synchronized void route(String template) {
        super.route(template);
    }

    @Override
    public synchronized @Nullable String route() {
        return super.route();
    }

    @Override
    public synchronized void mapping(String pattern) {
        super.mapping(pattern);
    }

    @Override
    public synchronized void failure(String className, @Nullable String message) {
        super.failure(className, message);
    }
}
