package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.PerThread;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The probes of OkHttp. Its call object stands for the call. From 3.14 on the library itself tells when a call is over, which may be
 * before or after the interceptors return the response; before that the stream stands for what is left of the call when they do.
 * Thread-safe; allocates nothing in steady state.
 */
final class OkHttpCalls {
    /** In place of a status: the application cancelled. */
    static final long CANCELED = -1;

    private static final int SWITCHING_PROTOCOLS = 101;

    private final ClientCalls calls;

    private final PerThread<Worker> workers = new PerThread<Worker>() {
        @Override
        protected Worker initial() {
            return new Worker();
        }
    };

    /** On execute and enqueue: enter with call, host and method, mark with the peer, exit with the call when it throws. */
    final Probe asked = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            return self == null || ClientCalls.nested() ? null : calls.begin(self, (String) a, (String) b);
        }

        @Override
        public void mark(@Nullable Object self, long value) {
            if (self instanceof OpenCall) {
                ((OpenCall) self).peer(value);
            }
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            if (result != null) {
                calls.end(result, ClientCalls.errorType(thrown));
            }
        }
    };

    /** On the interceptors: enter, mark with the status or {@link #CANCELED}, exit with the call. */
    final Probe answered = new Answered(false);

    /** The same before 3.14. */
    final Probe answeredByStream = new Answered(true);

    /** On the library's own end of a call: exit with the call, a result when it was cancelled, and the failure. */
    final Probe done = new Probe() {
        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            if (thrown == null) {
                calls.endOrAwaitStatus(token);
            } else {
                calls.end(token, errorType(thrown, result != null));
            }
        }
    };

    /** Mark with what got a stream. */
    final Probe streamed = new Probe() {
        @Override
        public void mark(@Nullable Object self, long value) {
            Worker worker = workers.get();
            if (worker.call != null && self != null) {
                worker.stream = OpenCalls.identity(self);
            }
        }
    };

    /** Mark with what has finished its stream, or exit with it and the failure. */
    final Probe finished = new Probe() {
        @Override
        public void mark(@Nullable Object self, long value) {
            if (self != null) {
                exit(self, null, null);
            }
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Worker worker = workers.get();
            if (worker.call != null && worker.stream == OpenCalls.identity(token)) {
                worker.stream = 0;
            } else {
                calls.end(token, ClientCalls.errorType(thrown));
            }
        }
    };

    OkHttpCalls(ClientCalls calls) {
        this.calls = calls;
    }

    /** Cancelling makes whatever goes on fail in its own way; a timeout of the whole call is a cancelling, too, but told as such. */
    private static @Nullable String errorType(@Nullable Throwable thrown, boolean cancelled) {
        return cancelled && !(thrown instanceof InterruptedIOException)
                ? ClientCalls.CANCELLED
                : ClientCalls.errorType(thrown);
    }

    private final class Answered extends Probe {
        private final boolean byStream;

        Answered(boolean byStream) {
            this.byStream = byStream;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            CallStack stack = CallStack.current();
            if (stack.inside(CallStack.Kind.HTTP_CLIENT)) {
                return null;
            }
            Worker worker = workers.get();
            worker.stream = 0;
            worker.status = 0;
            boolean waits = stack.transaction() != null; // else when it began is known elsewhere
            worker.call = stack.begin(CallStack.Kind.HTTP_CLIENT, null, waits ? calls.recorder.nanos() : 0);
            return worker;
        }

        @Override
        public void mark(@Nullable Object self, long value) {
            if (self instanceof Worker) {
                ((Worker) self).status = (int) value;
            }
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Worker worker = (Worker) token;
            Call frame = worker.call;
            worker.call = null;
            if (frame == null || result == null) {
                return;
            }
            frame.waited();
            frame.discard();
            if (thrown != null) {
                calls.end(result, errorType(thrown, worker.status == CANCELED));
            } else if (byStream && worker.stream != 0 && worker.status != SWITCHING_PROTOCOLS) {
                calls.headers(result, worker.status, worker.stream);
            } else {
                calls.headers(result, worker.status);
                if (byStream || worker.status == SWITCHING_PROTOCOLS) {
                    calls.end(result, null);
                }
            }
        }
    }

    /** What one thread does. */
    private static final class Worker {
        @Nullable
        Call call;

        int stream;
        int status;
    }
}
