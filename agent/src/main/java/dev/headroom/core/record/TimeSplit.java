package dev.headroom.core.record;

/**
 * Where a request's time went: on databases, Redis, outgoing calls, waits for connections, and the rest, its own. The parts add up to
 * the request's duration: where calls on several threads overlap, their common time is shared out in proportion. Immutable.
 */
public final class TimeSplit {
    static final TimeSplit NONE = new TimeSplit(0, 0, 0, 0, 0);

    public final long db;
    public final long redis;
    public final long http;
    public final long pool;
    public final long own;

    private TimeSplit(long db, long redis, long http, long pool, long own) {
        this.db = db;
        this.redis = redis;
        this.http = http;
        this.pool = pool;
        this.own = own;
    }

    /**
     * @param calls in the order of their starts; runs of one entry count as if without a gap
     * @param nanos of the request
     */
    static TimeSplit of(LoggedCall[] calls, long nanos) {
        long[] sums = new long[CallStack.Kind.values().length];
        long all = 0;
        boolean overlapping = false;
        for (LoggedCall call : calls) {
            CallStack.Kind kind = call.kind;
            if (kind != null && !call.within) {
                long inside = Math.max(0, Math.min(call.nanos, nanos - call.startNanos));
                sums[index(kind)] += inside;
                all += inside;
                overlapping |= call.thread != null;
            }
        }
        long busy = Math.min(nanos, overlapping ? union(calls, nanos) : all);
        double share = all == 0 ? 0 : (double) busy / all;
        long db = (long) (sums[index(CallStack.Kind.SQL)] * share);
        long redis = (long) (sums[index(CallStack.Kind.REDIS)] * share);
        long http = (long) (sums[index(CallStack.Kind.HTTP_CLIENT)] * share);
        long pool = (long) (sums[index(CallStack.Kind.POOL)] * share);
        return new TimeSplit(db, redis, http, pool, nanos - db - redis - http - pool);
    }

    @SuppressWarnings("EnumOrdinal") // a place in an array of this method's
    private static int index(CallStack.Kind kind) {
        return kind.ordinal();
    }

    /** Time in which at least one call was under way. */
    private static long union(LoggedCall[] calls, long nanos) {
        long busy = 0;
        long until = 0;
        for (LoggedCall call : calls) {
            if (!call.within) {
                long end = Math.min(nanos, call.startNanos + call.nanos);
                busy += Math.max(0, end - Math.max(until, call.startNanos));
                until = Math.max(until, end);
            }
        }
        return busy;
    }
}
