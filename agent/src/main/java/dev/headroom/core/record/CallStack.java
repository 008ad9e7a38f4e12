package dev.headroom.core.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The calls that one thread has open, innermost last, and the request it is serving. Frames are reused: nothing is allocated per
 * call. Used by its own thread only.
 */
public final class CallStack {
    /** Kinds of calls; within an open call of one kind, further calls of the same kind belong to it and are not counted. */
    public enum Kind {
        SQL,
        REDIS,
        HTTP_SERVER,
        HTTP_CLIENT,
        POOL,
        CACHE
    }

    private static final PerThread<CallStack> CURRENT = new PerThread<CallStack>() {
        @Override
        protected CallStack initial() {
            return new CallStack();
        }
    };

    private static final Call[] NONE = {};
    private static final int FIRST_FRAMES = 4;

    /** Transactions that one thread has open at once; of more the oldest are not told of calls. */
    private static final int MAX_TRANSACTIONS = 8;

    /** Calls within transactions that one thread has under way at once; of more the transactions are not told. */
    private static final int MAX_UNDER_WAY = 16;

    private static final @Nullable CallUnderWay[] NOTHING = {};

    private Call[] frames = {new Call(this), new Call(this), new Call(this), new Call(this)};
    private int depth;
    private int abandoned;
    private final RequestScope idle = new RequestScope();
    private RequestScope request = idle;

    /** The transaction opened last on this thread. */
    private @Nullable OpenTransaction transaction;

    /** Begun since the database last had something to do for this thread. */
    private @Nullable CallUnderWay[] underWay = NOTHING;

    private int callsUnderWay;

    private CallStack() {}

    public static CallStack current() {
        return CURRENT.get();
    }

    /** Whether a call of this kind is open, so that a wrapper's inner call is not counted again. */
    public boolean inside(Kind kind) {
        return innermost(kind) != null;
    }

    /** The innermost open call of this kind, or null. */
    public @Nullable Call innermost(Kind kind) {
        for (int i = depth - 1; i >= 0; i--) {
            if (frames[i].kind == kind) {
                return frames[i];
            }
        }
        return null;
    }

    /** Opens a call; the caller ends it exactly once with one of the methods of {@link Call}. */
    public Call begin(Kind kind, @Nullable DurationSeries series, long startNanos) {
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, Math.max(FIRST_FRAMES, depth * 2));
            for (int i = depth; i < frames.length; i++) {
                frames[i] = new Call(this);
            }
        }
        Call call = frames[depth];
        call.open(kind, series, startNanos, depth++);
        return call;
    }

    /** Closes the call and whatever was left open inside it. */
    void closeTo(int level) {
        depth = Math.min(depth, level);
    }

    /**
     * After a failure nobody knows what is still open: all of it is forgotten. Calls in flight end as ever and are recorded, on frames
     * that are not used again. Allocates nothing, since memory or stack may have run out.
     */
    public void abandon() {
        frames = NONE;
        depth = 0;
        abandoned++;
        request = idle;
        idle.end();
        noTransaction();
    }

    /** How often it was abandoned; what was open before a change of this will not end. */
    public int abandoned() {
        return abandoned;
    }

    /** The request this thread serves; inactive outside one. */
    public RequestScope request() {
        return request;
    }

    /** From here on this thread serves that request. */
    public void serve(RequestScope account) {
        request = account;
        noTransaction();
    }

    /** This thread does not serve that request any more. */
    public void leave(RequestScope account) {
        if (request == account) {
            request = idle;
            noTransaction();
        }
    }

    private void noTransaction() {
        transaction = null;
        underWay = NOTHING;
        callsUnderWay = 0;
    }

    /** From here on the transaction is told of calls of this thread. */
    void opened(OpenTransaction begun) {
        closed(begun);
        begun.owner = this;
        begun.outer = transaction;
        transaction = begun;
    }

    void closed(OpenTransaction ended) {
        OpenTransaction before = null;
        OpenTransaction each = transaction;
        for (int i = 0; each != null && i < MAX_TRANSACTIONS; i++) {
            if (each == ended || each.owner != this) { // another thread may have ended, or begun, it
                each = each.outer;
                if (before == null) {
                    transaction = each;
                } else {
                    before.outer = each;
                }
            } else {
                before = each;
                each = each.outer;
            }
        }
        if (before != null && each != null) {
            before.outer = null;
        }
    }

    /** The transaction opened last on this thread and not ended, or null. */
    public @Nullable OpenTransaction transaction() {
        OpenTransaction last = transaction;
        return last != null && last.owner == this ? last : null;
    }

    /** This thread waited since then for another server; the transactions that it has open meanwhile did, too. */
    public void waited(Kind kind, long sinceNanos) {
        OpenTransaction each = transaction;
        for (int i = 0; each != null && i < MAX_TRANSACTIONS; i++) {
            if (each.owner == this) {
                each.waited(kind, sinceNanos);
            }
            each = each.outer;
        }
    }

    /** This thread begins a call that may end anywhere; null when no transaction of this thread's is open. */
    @Nullable
    CallUnderWay beganWithin(long startNanos) {
        if (transaction() == null || callsUnderWay == MAX_UNDER_WAY) {
            return null;
        }
        if (underWay == NOTHING) {
            underWay = new CallUnderWay[MAX_UNDER_WAY];
        }
        CallUnderWay call = new CallUnderWay(startNanos);
        underWay[callsUnderWay++] = call;
        return call;
    }

    /**
     * The database gets something to do, or a transaction ends: of the calls begun since the last time, this thread waited for those
     * that have ended. Of calls side by side the time counts once.
     */
    public void resumes(long nowNanos) {
        if (callsUnderWay > 0) {
            settle(nowNanos);
        }
    }

    private void settle(long nowNanos) {
        long covered = Clock.UNTIMED;
        for (int i = 0; i < callsUnderWay; i++) {
            CallUnderWay call = underWay[i];
            underWay[i] = null;
            if (call != null && call.isDone()) {
                long end = call.endNanos(nowNanos);
                boolean beside = covered != Clock.UNTIMED && covered - call.startNanos > 0;
                waited(call.startNanos, beside ? covered : call.startNanos, end);
                covered = beside && covered - end > 0 ? covered : end;
            }
        }
        callsUnderWay = 0;
    }

    private void waited(long begunNanos, long sinceNanos, long untilNanos) {
        OpenTransaction each = transaction;
        for (int i = 0; each != null && i < MAX_TRANSACTIONS; i++) {
            if (each.owner == this && each.startNanos() - begunNanos <= 0) {
                each.waitedForHttp(sinceNanos, untilNanos);
            }
            each = each.outer;
        }
    }

    /** The innermost open call of that kind, or null. */
    public @Nullable Call open(Kind kind) {
        for (int i = depth - 1; i >= 0; i--) {
            if (frames[i].kind == kind) {
                return frames[i];
            }
        }
        return null;
    }

    /**
     * The request for a task that this thread hands to another one, or null. What a library hands on from within a timed call, such
     * as a pool that opens a connection, is its own business and not the request's.
     */
    public @Nullable RequestScope handOver() {
        for (int i = depth - 1; i >= 0; i--) {
            if (frames[i].kind != Kind.HTTP_SERVER) {
                return null;
            }
        }
        return request.elsewhere();
    }

    /**
     * A call of this thread has ended, in no open call's place any more: it belongs to what the thread's request did. Outside a
     * request a slow one is an example by itself. A call without a duration is passed over.
     *
     * @param rows changed, of Redis bytes of the value read; negative when unknown
     * @param found cache lookups: hits in the upper half, misses in the lower
     */
    public void called(
            Kind kind,
            DurationSeries series,
            long startNanos,
            long nanos,
            long rows,
            long found,
            @Nullable String errorType) {
        called(kind, series, startNanos, nanos, rows, found, errorType, transactionNumber());
    }

    /** Of the transaction that this thread opened last among its request's; 0 without any. */
    int transactionNumber() {
        OpenTransaction last = transaction();
        return last == null ? 0 : last.numberIn(request);
    }

    void called(
            Kind kind,
            DurationSeries series,
            long startNanos,
            long nanos,
            long rows,
            long found,
            @Nullable String errorType,
            int transactionNumber) {
        if (nanos == Clock.UNTIMED) {
            return;
        }
        RequestScope account = request;
        boolean within = within();
        if (account.active()) {
            if (!within) {
                account.spent(kind, series, startNanos, nanos);
            }
            if (account.logged()) {
                account.called(kind, series, startNanos, nanos, within, rows, found, errorType, transactionNumber);
            }
        } else if (series.examples().isSlowCall(nanos) && !within) {
            series.examples().slowCall(kind, series, nanos, rows, errorType);
        }
    }

    /** Whether the thread is inside a call whose time is told at its end; a cache's lookup and the serving of a request are none. */
    private boolean within() {
        for (int i = depth - 1; i >= 0; i--) {
            Kind kind = frames[i].kind;
            if (kind != Kind.HTTP_SERVER && kind != Kind.CACHE) {
                return true;
            }
        }
        return false;
    }

    /** Open calls; 0 when the thread is at rest. */
    public int depth() {
        return depth;
    }
}
