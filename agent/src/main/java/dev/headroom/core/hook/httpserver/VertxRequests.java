package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import org.jspecify.annotations.Nullable;

/** The probes of Vert.x' HTTP server. Thread-safe. */
final class VertxRequests {
    private static final int SWITCHING = 101;

    private final Exchanges exchanges;
    private final PathTemplates templates = new PathTemplates();
    private final Getter context = new Getter("context");
    private final Getter method = new Getter("method");
    private final Getter scheme = new Getter("scheme");
    private final Getter response = new Getter("response");
    private final Getter status = new Getter("getStatusCode");
    private final Getter answered = new Getter("ended");
    private final Getter told = new Getter("headWritten");
    private final Getter trace = new Getter("getHeader", Exchanges.TRACE_PARENT);

    /** What each thread serves by a word of this hook's. */
    private final PerThread<Dispatching> threads = new PerThread<Dispatching>() {
        @Override
        protected Dispatching initial() {
            return new Dispatching();
        }
    };

    /** Enter with the request, whose headers are read, on its connection's thread. */
    final Probe made = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object request, @Nullable Object a, @Nullable Object b) {
            Served served = request == null ? null : exchanges.begin(request);
            exchanges.propagate(served, trace, request);
            if (served != null) {
                served.home = Thread.currentThread();
                Object own = context.of(request);
                if (own != null && own.getClass().getName().endsWith("DuplicatedContext")) {
                    served.key = own;
                    exchanges.alias(own, served);
                }
                threads.get().serve(served.account());
            }
            return null;
        }
    };

    /** Enter with connection and request: the thread reads more of it, or the headers of the next. */
    final Probe message = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object connection, @Nullable Object request, @Nullable Object b) {
            Dispatching thread = threads.get();
            Served served = exchanges.open(request);
            if (served != null) {
                thread.serve(served.account());
            }
            return thread;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((Dispatching) token).leave();
        }
    };

    /** Enter with the request whose answer is handed to the connection in full. */
    final Probe complete = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object request, @Nullable Object a, @Nullable Object b) {
            end(request);
            return null;
        }
    };

    /** Enter with the connection and the request that becomes a WebSocket. */
    final Probe upgraded = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object connection, @Nullable Object request, @Nullable Object b) {
            Served served = exchanges.open(request);
            if (served != null && request != null) {
                finish(request, served, SWITCHING);
            }
            return null;
        }
    };

    /** Enter with the request that failed together with its connection or stream. */
    final Probe broken = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object request, @Nullable Object a, @Nullable Object b) {
            end(request);
            return null;
        }
    };

    /** Enter with the request whose stream is closed. */
    final Probe closed = broken;

    /** Enter with a context, second or first, of which the thread runs something from here on. */
    final Probe begun = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            dispatch(a == null ? self : a);
            return null;
        }
    };

    /** Enter with the context, second, to which the thread returns, if any. */
    final Probe ended = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object before, @Nullable Object b) {
            threads.get().leave();
            dispatch(before);
            return null;
        }
    };

    /** The calling thread has work done by a thread of a pool. */
    final Probe handedOver = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            // Made here, where nobody else makes it; the queue publishes it.
            Object ignored = CallStack.current().request().elsewhere();
            return null;
        }
    };

    /** Enter with the routing context and the path of the route that handles it, twice when nothing may follow it. */
    final Probe routed = new Probe() {
        private final Getter mounted = new Getter("mountPoint");

        @Override
        public @Nullable Object enter(@Nullable Object routing, @Nullable Object path, @Nullable Object exact) {
            RequestScope request = CallStack.current().request();
            if (path instanceof String && request.active()) {
                String under = mounted.text(routing);
                String full = templates.join(under == null ? "" : under, (String) path);
                if (exact != null) {
                    request.route(full);
                } else {
                    request.mapping(full.equals("/") ? ServletMappings.ANYTHING : templates.join(full, "*"));
                }
            }
            return null;
        }
    };

    /** Enter with the routing context, a status and an exception of the application's. */
    final Probe failed = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object routing, @Nullable Object statusCode, @Nullable Object failure) {
            RequestScope request = CallStack.current().request();
            if (request.active() && failure instanceof Throwable) {
                Exchanges.failed(request, (Throwable) failure);
            }
            return null;
        }
    };

    VertxRequests(Recorder recorder) {
        exchanges = new Exchanges(recorder);
    }

    private void dispatch(@Nullable Object dispatched) {
        Served served = exchanges.open(dispatched);
        if (served != null) {
            RequestScope account = served.account();
            RequestScope mine = served.home == Thread.currentThread() ? account : account.elsewhere();
            if (mine != null) {
                threads.get().serve(mine);
            }
        }
    }

    private void end(@Nullable Object request) {
        Served served = exchanges.open(request);
        if (served == null || request == null) {
            return;
        }
        Object answer = response.of(request);
        boolean whole = answered.isTrue(answer);
        if (!whole) {
            served.abort();
        }
        finish(request, served, whole || told.isTrue(answer) ? status.number(answer) : 0);
    }

    private void finish(Object request, Served served, int statusCode) {
        served.method = HttpMethod.of(String.valueOf(method.of(request)));
        served.secure = "https".equals(scheme.text(request));
        served.status = statusCode;
        Object own = served.key;
        exchanges.trace(served, trace, request);
        exchanges.finish(served);
        exchanges.forget(request);
        if (own != null) {
            exchanges.forget(own);
        }
    }

    /** What one thread serves. */
    private static final class Dispatching {
        private @Nullable RequestScope account;

        void serve(RequestScope request) {
            account = request;
            CallStack.current().serve(request);
        }

        void leave() {
            RequestScope request = account;
            account = null;
            if (request != null) {
                CallStack.current().leave(request);
            }
        }
    }
}
