package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/** The probes of Jetty. Up to 11 a request is known by its channel, from 12 on by the channel's state; both are used again. */
final class JettyRequests {
    private static final String JAVAX_FAILURE = "javax.servlet.error.exception";
    private static final String JAKARTA_FAILURE = "jakarta.servlet.error.exception";

    private static final int FIRST_ERROR = 400;

    private final Exchanges exchanges;
    private final Getter request = new Getter("getRequest");
    private final Getter response = new Getter("getResponse");
    private final Getter method = new Getter("getMethod");
    private final Getter scheme = new Getter("getScheme");
    private final Getter uri = new Getter("getHttpURI");
    private final Getter oldUri = new Getter("getURI");
    private final Getter status = new Getter("getStatus");
    private final Getter javaxFailure = new Getter("getAttribute", JAVAX_FAILURE);
    private final Getter jakartaFailure = new Getter("getAttribute", JAKARTA_FAILURE);

    private final Getter committed = new Getter("isCommitted");
    private final Getter headers = new Getter("getHeaders");
    private final Getter parsedFields = new Getter("getHttpFields");
    private final Getter traceHeader = new Getter("getHeader", Exchanges.TRACE_PARENT);
    private final Getter traceField = new Getter("get", Exchanges.TRACE_PARENT);
    private final AnswerHeaders responseHeaders;
    private final AnswerHeaders headerFields;

    final Probe begun = new Begun();
    final Probe resumed = new Resumed();
    final Probe aborted = new Aborted();
    final Probe completed = new Completed();
    final Probe parsed = new Parsed();
    final Probe streamed = new Streamed();
    final Probe servlets = new Servlets();
    final Probe sending = new SendingAnswer();
    final Probe writing = new Writing();

    JettyRequests(Recorder recorder) {
        this.exchanges = new Exchanges(recorder);
        this.responseHeaders = new AnswerHeaders(exchanges, "getHeader", "addHeader");
        this.headerFields = new AnswerHeaders(exchanges, "get", "add");
    }

    private void end(Served served, @Nullable Object asked, @Nullable Object answer) {
        served.status = status.number(answer);
        Object failure = javaxFailure.of(asked);
        if (failure == null) {
            failure = jakartaFailure.of(asked);
        }
        if (failure instanceof Throwable) {
            Exchanges.failed(served, (Throwable) failure);
        }
        Object fields = headers.of(asked); // from 12 on
        exchanges.trace(served, fields == null ? traceHeader : traceField, fields == null ? asked : fields);
        exchanges.finish(served);
    }

    /** Up to 11: the server handles a request of the channel in its argument. */
    private final class Begun extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (a == null) {
                return null;
            }
            Served open = exchanges.open(a);
            if (open == null) {
                open = exchanges.begin(a);
                exchanges.propagate(open, traceHeader, request.of(a));
            }
            return exchanges.attach(open);
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            exchanges.detach(token);
        }
    }

    /** A thread goes on with the request that is known by the argument. */
    private final class Resumed extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            return exchanges.attach(exchanges.open(a));
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            exchanges.detach(token);
        }
    }

    /** Up to 11: the connection of the channel is given up before the answer was complete. */
    private final class Aborted extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = exchanges.open(self);
            if (served != null && a instanceof java.io.IOException) {
                served.abort();
            }
            return null;
        }
    }

    /** Up to 11: the answer of the channel is complete, or the channel is given up. A refused request has not begun before. */
    private final class Completed extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self == null) {
                return null;
            }
            Object asked = request.of(self);
            Object answer = response.of(self);
            Served served = exchanges.open(self);
            if (served == null && status.number(answer) >= FIRST_ERROR) {
                served = exchanges.begin(self);
            }
            if (served != null) {
                served.method = HttpMethod.of(method.text(asked));
                served.secure = "https".equals(scheme.text(asked));
                end(served, asked, answer);
            }
            return null;
        }
    }

    /** From 12 on: the headers in the argument are there. */
    private final class Parsed extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = self == null ? null : exchanges.begin(self);
            if (served != null) {
                Object address = uri.of(a);
                served.method = HttpMethod.of(method.text(a));
                served.secure = "https".equals(scheme.text(address == null ? oldUri.of(a) : address));
                exchanges.propagate(served, traceField, parsedFields.of(a));
            }
            return null;
        }
    }

    /** From 12 on: the answer is written, or it failed with the second argument. */
    private final class Streamed extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = exchanges.open(self);
            if (served == null) {
                return null;
            }
            if (b instanceof java.io.IOException || b instanceof java.util.concurrent.TimeoutException) {
                served.abort();
            } else if (b instanceof Throwable) {
                Exchanges.failed(served, (Throwable) b);
            }
            end(served, request.of(self), response.of(self));
            return null;
        }
    }

    /** Up to 11: the channel is about to send; the argument is an interim answer, or one that is not the application's. */
    private final class SendingAnswer extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = a != null ? null : exchanges.telling(self);
            if (served != null && !committed.isTrue(self)) {
                responseHeaders.tell(served, response.of(self));
            }
            return null;
        }
    }

    /** From 12 on: somebody writes the answer, or its end, on a thread that serves the request. */
    private final class Writing extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = exchanges.areTelling() ? Exchanges.current() : null;
            if (served != null && served.isOpen() && !committed.isTrue(self)) {
                headerFields.tell(served, headers.of(self));
            }
            return null;
        }
    }

    /**
     * From 12 on: a servlet's own channel runs. The first time it is on a thread that serves the request; after an asynchronous pause
     * it is on any thread, and tells by itself which request it is.
     */
    private final class Servlets extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served serving = Exchanges.current();
            if (self == null) {
                return null;
            }
            if (serving != null) {
                exchanges.alias(self, serving);
                return null;
            }
            return exchanges.attach(exchanges.open(self));
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            exchanges.detach(token);
        }
    }
}
