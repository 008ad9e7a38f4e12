package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/**
 * The probes of gRPC's server. A call is begun and finished by its transport; threads of an executor serve it meanwhile, and may go on
 * after a client that gave up, so they count into the account for other threads. Thread-safe.
 */
final class GrpcRequests {
    private final Exchanges exchanges;

    /** Enter with the stream of a call that has arrived. */
    final Probe arrived = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object stream, @Nullable Object a, @Nullable Object b) {
            Served served = stream == null ? null : exchanges.begin(stream);
            if (served != null) {
                served.method = HttpMethod.POST;
                // Made here, where nobody else makes it; the executor's queue publishes it.
                Object ignored = served.account().elsewhere();
            }
            return null;
        }
    };

    /** Enter with the stream, the call that is made of it, and the name of its method. */
    final Probe known = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object stream, @Nullable Object call, @Nullable Object name) {
            Served served = exchanges.open(stream);
            RequestScope work = work(served);
            if (served != null && work != null && call != null && name != null) {
                work.route((String) name);
                served.response = call;
                exchanges.alias(call, served);
            }
            return null;
        }
    };

    /** Enter with the call and another object that stands for it. */
    final Probe prepared = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object call, @Nullable Object other, @Nullable Object b) {
            Served served = exchanges.open(call);
            if (served != null && other != null) {
                served.key = other;
                exchanges.alias(other, served);
            }
            return null;
        }
    };

    /** Enter with any object that stands for a call which the thread serves until the exit. */
    final Probe serving = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object key, @Nullable Object a, @Nullable Object b) {
            RequestScope work = work(exchanges.open(key));
            CallStack stack = CallStack.current();
            RequestScope before = stack.request();
            if (work == null || before == work) {
                return null;
            }
            Call serving = stack.begin(CallStack.Kind.HTTP_SERVER, null, Clock.UNTIMED);
            serving.owner(before);
            stack.serve(work);
            return serving;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Call serving = (Call) token;
            Object before = serving.owner();
            serving.discard();
            if (before != null) {
                CallStack.current().serve((RequestScope) before);
            }
        }
    };

    /** Enter with the stream, the status that the server answers with, and the exception beneath it, if any. */
    final Probe answered = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object stream, @Nullable Object code, @Nullable Object cause) {
            Served served = exchanges.open(stream);
            if (served != null && served.grpc == null) {
                answer(served, GrpcStatus.of((String) code), (Throwable) cause);
            }
            return null;
        }
    };

    /**
     * Enter with the stream that is over: OK when all of the answer was sent, whatever it says; else why not. A client that cancelled
     * or vanished has given the call up.
     */
    final Probe closed = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object stream, @Nullable Object code, @Nullable Object b) {
            Served served = exchanges.open(stream);
            if (served != null && stream != null) {
                GrpcStatus end = GrpcStatus.of((String) code);
                if (end == GrpcStatus.CANCELLED || end == GrpcStatus.UNAVAILABLE) {
                    served.abort();
                    served.grpc = GrpcStatus.CANCELLED;
                } else if (end != GrpcStatus.OK || served.grpc == null) {
                    answer(served, end, null);
                }
                finish(stream, served);
            }
            return null;
        }
    };

    GrpcRequests(Recorder recorder) {
        exchanges = new Exchanges(recorder);
    }

    /** Where other threads count what they do for the call. */
    private static @Nullable RequestScope work(@Nullable Served served) {
        return served == null ? null : served.account().elsewhere();
    }

    private static void answer(Served served, GrpcStatus status, @Nullable Throwable cause) {
        served.grpc = status;
        RequestScope work = work(served);
        if (work != null && status.http() >= Exchanges.FIRST_SERVER_ERROR) {
            if (cause == null) {
                work.failure(status.name(), null);
            } else {
                Exchanges.failed(work, cause);
            }
        }
    }

    private void finish(Object stream, Served served) {
        GrpcStatus status = served.grpc;
        served.status = status == null ? 0 : status.http();
        Object call = served.response;
        Object other = served.key;
        exchanges.finish(served);
        exchanges.forget(stream);
        if (call != null) {
            exchanges.forget(call);
        }
        if (other != null) {
            exchanges.forget(other);
        }
    }
}
