package dev.headroom.core.record;

import org.jspecify.annotations.Nullable;

/**
 * For which request a call is made that may end after its thread went on, or on another thread. Reused; handed from thread to thread
 * with whatever it is part of. It allocates nothing, but for the first call of a request that may end anywhere.
 */
public final class Behalf {
    private @Nullable RequestScope account;
    private @Nullable RequestScope elsewhere;
    private int serial;

    /** A call of this thread's, to be noted if this thread ends it for the same request. */
    public void here(CallStack stack) {
        RequestScope request = stack.request();
        account = request;
        serial = request.serial();
        elsewhere = null;
    }

    /** A call of this thread's, to be noted whatever thread ends it. */
    public void anywhere(CallStack stack) {
        here(stack);
        RequestScope request = stack.request();
        if (request.logged()) {
            elsewhere = request.elsewhere();
        }
    }

    /** The same as another's. */
    public void become(Behalf other) {
        account = other.account;
        elsewhere = other.elsewhere;
        serial = other.serial;
    }

    /** Nobody's. */
    public void forget() {
        account = null;
        elsewhere = null;
    }

    /** The call has ended, on the calling thread. */
    public void called(
            CallStack.Kind kind, DurationSeries series, long startNanos, long nanos, @Nullable String errorType) {
        RequestScope made = account;
        RequestScope others = elsewhere;
        CallStack stack = CallStack.current();
        if (made != null && stack.request() == made && made.serial() == serial) {
            stack.called(kind, series, startNanos, nanos, -1, 0, errorType);
        } else if (others != null && nanos != Clock.UNTIMED) {
            others.called(kind, series, startNanos, nanos, false, -1, 0, errorType);
        }
    }
}
