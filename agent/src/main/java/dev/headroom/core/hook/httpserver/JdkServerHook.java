package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Times an exchange of the JDK's own server to the close of its answer, wherever that happens; the route is the context's path. A
 * task of the server is a request once it has read one.
 */
public final class JdkServerHook extends Hook {
    private static final String PACKAGE = "sun.net.httpserver.";
    private static final String TASK = PACKAGE + "ServerImpl$Exchange";
    private static final String EXCHANGE = PACKAGE + "ExchangeImpl";

    public JdkServerHook(Recorder recorder) {
        super("jdk-http-server", "JDK", "8 to 25");
        Exchanges exchanges = new Exchanges(recorder);
        Probe ended = new Ended(exchanges);
        type(TASK)
                .weave(
                        method("run").advice(Advices.TIMED).probe(new Running(exchanges)),
                        method("reject", "int", "java.lang.String", "java.lang.String")
                                .advice(nested("Rejects"))
                                .probe(new Rejected(exchanges)));
        type("com.sun.net.httpserver.Filter$Chain")
                .weave(method("doFilter", "com.sun.net.httpserver.HttpExchange")
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(new Chosen(exchanges)));
        type(EXCHANGE)
                .weave(
                        method("getResponseHeaders").advice(Advices.CALLED).probe(new Made(exchanges)),
                        method("sendResponseHeaders", "int", "long")
                                .needs(EXCHANGE, "closed")
                                .advice(nested("Answers"))
                                .probe(new Answered(exchanges)),
                        method("close").advice(Advices.CALLED).probe(ended));
        for (String stream :
                new String[] {"FixedLengthOutputStream", "ChunkedOutputStream", "UndefLengthOutputStream"}) {
            type(PACKAGE + stream)
                    .weave(method("close")
                            .needs(PACKAGE + stream, "t")
                            .advice(nested("Closes"))
                            .probe(ended));
        }
    }

    static final class Rejects {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.Argument(0) int status, @Advice.Argument(1) String line) {
            HeadroomBridge.live.mark(hook, line, status);
        }
    }

    /** An answer without a body is closed when its headers are sent. */
    static final class Answers {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object self, @Advice.Argument(0) int status) {
            HeadroomBridge.live.mark(hook, self, status);
        }

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.This Object self, @Advice.FieldValue("closed") boolean closed) {
            if (closed) {
                HeadroomBridge.live.enter(hook, self, null, null);
            }
        }
    }

    static final class Closes {
        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.FieldValue(value = "t", typing = Assigner.Typing.DYNAMIC) Object exchange,
                @Advice.Thrown Throwable thrown) {
            HeadroomBridge.live.enter(hook, exchange, thrown, null);
        }
    }

    /** A thread of the server reads a request and handles it; at the end of a connection there is none to read. */
    private static final class Running extends Probe {
        private final Exchanges exchanges;

        Running(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = self == null ? null : exchanges.begin(self);
            if (served != null) {
                served.response = self;
            }
            return exchanges.attach(served);
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Served served = Exchanges.of(token);
            if (served != null && served.isOpen() && served.key == null) {
                served.close();
                exchanges.forgetTask(served);
            }
            exchanges.detach(token);
        }
    }

    /** The server refuses what it read: no context for the path, or no request at all. */
    private static final class Rejected extends Probe {
        private final Exchanges exchanges;

        Rejected(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public void mark(@Nullable Object self, long value) {
            Served served = Exchanges.current();
            if (served != null) {
                String line = self == null ? "" : (String) self;
                int space = line.indexOf(' ');
                served.method = HttpMethod.of(space < 0 ? null : line.substring(0, space));
                served.status = (int) value;
                exchanges.forgetTask(served);
                exchanges.finish(served);
            }
        }
    }

    /** The first call for a new exchange comes from the server itself, on the thread that read it. */
    private static final class Made extends Probe {
        private final Exchanges exchanges;

        Made(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = Exchanges.current();
            if (self != null && served != null && served.isOpen() && served.key == null) {
                served.key = self;
                exchanges.forgetTask(served);
                exchanges.alias(self, served);
            }
            return null;
        }
    }

    /** The outermost call of the chain of filters and the handler: the context is known, and what nobody caught. */
    private static final class Chosen extends Probe {
        private static final int FAILED = 500;

        private final Exchanges exchanges;
        private final Getter method = new Getter("getRequestMethod");
        private final Getter context = new Getter("getHttpContext");
        private final Getter path = new Getter("getPath");
        private final Getter protocol = new Getter("getSSLSession");
        private final Getter headers = new Getter("getRequestHeaders");
        private final Getter trace = new Getter("getFirst", Exchanges.TRACE_PARENT);

        Chosen(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = Exchanges.current();
            if (served == null || served.account().mapping() != null) {
                return null;
            }
            String route = path.text(context.of(a));
            served.method = HttpMethod.of(method.text(a));
            served.secure = protocol.of(a) != null;
            served.account().mapping(route == null ? Routes.UNMATCHED : route);
            exchanges.traceEarly(served, trace, headers.of(a));
            return served;
        }

        /** The server drops the connection after an exception, without an answer where none has been sent. */
        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Served served = (Served) token;
            Object exchange = served.key;
            if (thrown == null || exchange == null || !served.isOpen()) {
                return;
            }
            if (thrown instanceof java.io.IOException && served.status > 0) {
                served.abort();
            }
            Exchanges.failed(served, thrown);
            served.status = served.status == 0 ? FAILED : served.status;
            exchanges.finish(served);
            exchanges.forget(exchange);
        }
    }

    /** The status of an answer, and its end where it has no body. */
    private static final class Answered extends Probe {
        private final Exchanges exchanges;

        Answered(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public void mark(@Nullable Object self, long value) {
            Served served = exchanges.open(self);
            if (served != null) {
                served.status = (int) value;
            }
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = exchanges.open(self);
            if (served != null && self != null) {
                exchanges.finish(served);
                exchanges.forget(self);
            }
            return null;
        }
    }

    /** The answer is closed, well or not. */
    private static final class Ended extends Probe {
        private final Exchanges exchanges;

        Ended(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = exchanges.open(self);
            if (served != null && self != null) {
                if (a != null) {
                    served.abort();
                }
                exchanges.finish(served);
                exchanges.forget(self);
            }
            return null;
        }
    }
}
