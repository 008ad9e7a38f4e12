package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.PerThread;
import org.jspecify.annotations.Nullable;

/**
 * The probes of clients whose calls return with the reply's headers while its body is still to be read, by whatever thread. Such a
 * client has an object for the connection that a reply holds, here its holder: it is acquired within the call and released when
 * the body is read, closed or lost. The call ends with the release. A reply without a body has released it when the call returns.
 *
 * <p>Thread-safe; allocates nothing but at a thread's first call.
 */
final class BlockingCalls {
    private final ClientCalls calls;

    private final PerThread<Caller> callers = new PerThread<Caller>() {
        @Override
        protected Caller initial() {
            return new Caller();
        }
    };

    /** On the call: enter with host and method, mark with the peer and then the status. */
    final Probe called = new Called();

    /** On what acquires the holder: mark with the holder. */
    final Probe acquired = new Probe() {
        @Override
        public void mark(@Nullable Object self, long value) {
            Caller caller = callers.get();
            if (caller.call != null && self != null) {
                caller.holder = OpenCalls.identity(self);
                caller.holds = true;
            }
        }
    };

    /** On what releases it: mark with the holder. */
    final Probe released = new Probe() {
        @Override
        public void mark(@Nullable Object self, long value) {
            Caller caller = callers.get();
            if (self == null) {
                return;
            }
            if (caller.call != null && caller.holder == OpenCalls.identity(self)) {
                caller.holds = false;
                return;
            }
            OpenCall call = calls.claim(OpenCalls.identity(self));
            if (call == null) {
                return;
            }
            if (caller.reading && !caller.fails) {
                // The library closes its connection before it tells why, and may release it again.
                calls.move(call, caller.failing);
                caller.fails = true;
            } else {
                calls.end(call, null);
            }
        }
    };

    /** On what another thread cancels a call with: mark with the holder. */
    final Probe cancelled = new Probe() {
        @Override
        public void mark(@Nullable Object self, long value) {
            if (self != null) {
                calls.end(self, ClientCalls.CANCELLED);
            }
        }
    };

    /** On what gives up a body whose reading failed; the failure itself is told to {@link #failed}. */
    final Probe failing = new Probe() {
        @Override
        public void mark(@Nullable Object self, long value) {
            callers.get().reading = true;
        }
    };

    /** On reading: exit with the failure. */
    final Probe failed = new Probe() {
        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Caller caller = callers.get();
            caller.reading = false;
            if (caller.fails) {
                caller.fails = false;
                calls.endHere(caller.failing, ClientCalls.errorType(thrown));
                caller.failing.behalf.forget();
            }
        }
    };

    BlockingCalls(ClientCalls calls) {
        this.calls = calls;
    }

    private final class Called extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            CallStack stack = CallStack.current();
            if (stack.inside(CallStack.Kind.HTTP_CLIENT)) {
                return null;
            }
            Caller caller = callers.get();
            caller.asked.begin((String) a, (String) b, calls.recorder.nanos());
            caller.asked.behalf.here(stack);
            caller.holds = false;
            caller.holder = 0;
            caller.call = stack.begin(CallStack.Kind.HTTP_CLIENT, null, caller.asked.startNanos);
            return caller;
        }

        @Override
        public void mark(@Nullable Object self, long value) {
            if (self instanceof Caller) {
                OpenCall asked = ((Caller) self).asked;
                if (value >= OpenCall.PEER) {
                    asked.peer(value);
                } else {
                    asked.status = (int) value;
                }
            }
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Caller caller = (Caller) token;
            Call call = caller.call;
            caller.call = null;
            if (call == null) {
                return;
            }
            call.waited();
            call.discard();
            if (thrown == null && caller.holds) {
                calls.bodyFollows(caller.holder, caller.asked);
            } else {
                calls.endHere(caller.asked, ClientCalls.errorType(thrown));
            }
        }
    }

    /** What one thread does. */
    private static final class Caller {
        final OpenCall asked = new OpenCall();

        @Nullable
        Call call;

        int holder;
        boolean holds;
        boolean reading;

        /** Whose body cannot be read, between its end and the failure. */
        final OpenCall failing = new OpenCall();

        boolean fails;
    }
}
