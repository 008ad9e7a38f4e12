package dev.headroom.core.record;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * For which request a call is made that may end after its thread went on, or on another thread. Reused; handed from thread to thread
 * with whatever it is part of. It allocates nothing, but for the first call of a request that may end anywhere, and for calls within
 * a transaction.
 */
public final class Behalf {
    private @Nullable RequestScope account;
    private @Nullable RequestScope elsewhere;
    private @Nullable CallUnderWay underWay;
    private @Nullable String caller;
    private int serial;
    private int transaction;

    /** A call of this thread's, to be noted if this thread ends it for the same request. */
    public void here(CallStack stack) {
        RequestScope request = stack.request();
        account = request;
        serial = request.serial();
        elsewhere = null;
        underWay = null;
        caller = null;
        transaction = 0;
    }

    /** A call of this thread's, to be noted whatever thread ends it. */
    public void anywhere(CallStack stack) {
        here(stack);
        RequestScope request = stack.request();
        elsewhere = request.elsewhere();
    }

    /** As {@link #anywhere(CallStack)}, of a call to another server, for which the thread's transactions may have to wait. */
    public void anywhere(CallStack stack, long startNanos) {
        anywhere(stack);
        underWay = stack.beganWithin(startNanos);
        transaction = stack.transactionNumber();
        caller = stack.request().wantsCallerAtBegin(startNanos, underWay != null) ? StackWalk.caller() : null;
    }

    /** What the application gets to wait at. */
    public void future(Future<?> given) {
        CallUnderWay known = underWay;
        if (known != null) {
            known.future(given);
        }
    }

    /** The same as another's. */
    public void become(Behalf other) {
        account = other.account;
        elsewhere = other.elsewhere;
        underWay = other.underWay;
        caller = other.caller;
        transaction = other.transaction;
        serial = other.serial;
    }

    /** Nobody's. */
    public void forget() {
        account = null;
        elsewhere = null;
        underWay = null;
        caller = null;
    }

    /** The call has ended, on the calling thread. */
    public void called(
            CallStack.Kind kind, DurationSeries series, long startNanos, long nanos, @Nullable String errorType) {
        RequestScope made = account;
        RequestScope others = elsewhere;
        CallUnderWay waitedFor = underWay;
        if (waitedFor != null) {
            waitedFor.ended(nanos == Clock.UNTIMED ? Clock.UNTIMED : startNanos + nanos);
        }
        CallStack stack = CallStack.current();
        if (made != null && stack.request() == made && made.serial() == serial) {
            stack.called(kind, series, startNanos, nanos, -1, 0, errorType);
        } else if (others != null && nanos != Clock.UNTIMED) {
            others.ended(kind, series, startNanos, nanos, -1, 0, errorType, caller, transaction);
        }
    }
}
