package dev.headroom.core.record;

import org.jspecify.annotations.Nullable;

/**
 * What happened so far in one database transaction: statements, the time they took, and calls to other servers for which the
 * transaction's thread waited meanwhile. The database hook begins, tells and ends it; {@link CallStack#waited} adds the calls. One
 * for each connection, used again and again: nothing is allocated per transaction.
 *
 * <p>Used by one thread at a time, as connections are. A thread that goes on with another one's transaction is not told of calls.
 */
public final class OpenTransaction {
    private final Recorder recorder;

    /** The stack it is on, null when it is not open. */
    @Nullable
    CallStack owner;

    /** The transaction that was open before on the same thread. */
    @Nullable
    OpenTransaction outer;

    private boolean open;
    private @Nullable RequestScope request;
    private int requestSerial;
    private int number;
    private long startNanos;
    private long busyNanos;
    private int statements;
    private int httpCalls;
    private long httpNanos;
    private int redisCalls;
    private long redisNanos;

    public OpenTransaction(Recorder recorder) {
        this.recorder = recorder;
    }

    /** The first statement begins. */
    public void begin(CallStack stack, long nowNanos) {
        open = true;
        startNanos = nowNanos;
        busyNanos = 0;
        statements = 0;
        httpCalls = 0;
        httpNanos = 0;
        redisCalls = 0;
        redisNanos = 0;
        request = stack.request();
        requestSerial = request.serial();
        number = request.transactionBegan();
        stack.opened(this);
    }

    /** Which of the request's transactions it is, counted from 1; 0 where it began for another request. */
    public int numberIn(RequestScope served) {
        return served == request && served.serial() == requestSerial ? number : 0;
    }

    /** A statement ended. */
    public void ran(long nanos) {
        statements++;
        busy(nanos);
    }

    /** The database worked for it, or the thread waited for the database. */
    public void busy(long nanos) {
        busyNanos = Clock.sum(busyNanos, nanos);
    }

    /** It is over; what it amounts to can be read until the next one begins. */
    public void end() {
        open = false;
        CallStack stack = owner;
        owner = null;
        if (stack != null) {
            stack.closed(this);
        }
    }

    void waited(CallStack.Kind kind, long sinceNanos) {
        long nanos = Clock.elapsed(sinceNanos, recorder.nanos());
        if (kind == CallStack.Kind.HTTP_CLIENT) {
            httpCalls++;
            httpNanos = Clock.sum(httpNanos, nanos);
        } else if (kind == CallStack.Kind.REDIS) {
            redisCalls++;
            redisNanos = Clock.sum(redisNanos, nanos);
        }
    }

    /** For a call that ended elsewhere; nothing is left of its time when others beside it took longer. */
    void waitedForHttp(long sinceNanos, long untilNanos) {
        long nanos = Clock.elapsed(sinceNanos, untilNanos);
        httpCalls++;
        httpNanos = Clock.sum(httpNanos, nanos == Clock.UNTIMED ? nanos : Math.max(0, nanos));
    }

    public boolean isOpen() {
        return open;
    }

    public long startNanos() {
        return startNanos;
    }

    /** Time in statements, commit or rollback included once they were told; {@link Clock#UNTIMED} when no clock was read. */
    public long busyNanos() {
        return busyNanos;
    }

    /** Batches count once, commit and rollback not at all. */
    public int statements() {
        return statements;
    }

    public int httpCalls() {
        return httpCalls;
    }

    public long httpNanos() {
        return httpNanos;
    }

    /** Round trips: a pipeline counts once. */
    public int redisCalls() {
        return redisCalls;
    }

    public long redisNanos() {
        return redisNanos;
    }
}
