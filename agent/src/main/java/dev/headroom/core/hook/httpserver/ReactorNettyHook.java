package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Times an HTTP exchange of Reactor Netty's server from its headers to its termination. While messages of the request are handed to
 * the application, the event loop serves that request.
 */
public final class ReactorNettyHook extends Hook {
    private static final String OPERATIONS = "reactor.netty.http.server.HttpServerOperations";
    private static final String CHANNEL_OPERATIONS = "reactor.netty.channel.ChannelOperations";

    public ReactorNettyHook(Recorder recorder) {
        super("reactor-netty-server", "io.projectreactor.netty:reactor-netty-http", "0.9 to 1.3");
        Exchanges exchanges = new Exchanges(recorder);
        Probe closed = new Closed(exchanges);
        Probe sending = new SendingAnswer(exchanges);
        type(OPERATIONS)
                .weave(
                        method("onInboundNext", "io.netty.channel.ChannelHandlerContext", "java.lang.Object")
                                .advice(Advices.TIMED_ARGUMENTS)
                                .probe(new Received(exchanges)),
                        method("onInboundClose").advice(Advices.CALLED).probe(closed),
                        method("onOutboundComplete").advice(Advices.CALLED).probe(new Answered(exchanges)),
                        method("outboundHttpMessage").advice(Advices.CALLED).probe(sending),
                        method("newFullBodyMessage", "io.netty.buffer.ByteBuf")
                                .advice(Advices.CALLED)
                                .probe(sending),
                        method("onOutboundError", "java.lang.Throwable")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(new Failed(exchanges)));
        type(CHANNEL_OPERATIONS)
                .weave(
                        method("onInboundClose").advice(Advices.CALLED).probe(closed),
                        method("terminate").advice(Advices.CALLED).probe(new Ended(exchanges)));
    }

    /** A message of the request: its headers begin it. */
    private static final class Received extends Probe {
        private final Exchanges exchanges;
        private final Getter headers = new Getter("headers");
        private final Getter trace = new Getter("get", Exchanges.TRACE_PARENT);

        Received(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self == null || b == null) {
                return null;
            }
            Served served = exchanges.open(self);
            if (served == null && b.getClass().getName().endsWith("Request")) {
                served = exchanges.begin(self);
                exchanges.propagate(served, trace, headers.of(b));
            }
            return exchanges.attach(served);
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            exchanges.detach(token);
        }
    }

    /** The connection is closed; what is still open then was not answered in full. */
    private static final class Closed extends Probe {
        private final Exchanges exchanges;

        Closed(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = exchanges.open(self);
            if (served != null && served.response == null) {
                served.abort();
            }
            return null;
        }
    }

    /** The message with the answer's headers is asked for, to be sent; once for each answer. */
    private static final class SendingAnswer extends Probe {
        private final Exchanges exchanges;
        private final Getter headers = new Getter("responseHeaders");
        private final AnswerHeaders answer;

        SendingAnswer(Exchanges exchanges) {
            this.exchanges = exchanges;
            this.answer = new AnswerHeaders(exchanges, "get", "add");
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = exchanges.telling(self);
            if (served != null && !served.told) {
                served.told = true;
                answer.tell(served, headers.of(self));
            }
            return null;
        }
    }

    /** The whole answer is handed to the connection, which may be closed for it before the exchange is terminated. */
    private static final class Answered extends Probe {
        private final Exchanges exchanges;

        Answered(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = exchanges.open(self);
            if (served != null) {
                served.response = served;
            }
            return null;
        }
    }

    /** The application's answer ended in an exception, of which the server makes a status while it can. */
    private static final class Failed extends Probe {
        private static final int FAILED = 500;

        private final Exchanges exchanges;
        private final Getter begun = new Getter("hasSentHeaders");

        Failed(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = exchanges.open(self);
            if (served != null && a != null) {
                Exchanges.failed(served, (Throwable) a);
                served.status = begun.isTrue(self) ? 0 : FAILED;
            }
            return null;
        }
    }

    private static final class Ended extends Probe {
        private final Exchanges exchanges;
        private final Getter method = new Getter("method");
        private final Getter scheme = new Getter("scheme");
        private final Getter status = new Getter("status");
        private final Getter code = new Getter("code");
        private final Getter asked = new Getter("requestHeaders");
        private final Getter trace = new Getter("get", Exchanges.TRACE_PARENT);

        Ended(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Served served = exchanges.open(self);
            if (served == null || self == null) {
                return null;
            }
            served.method = HttpMethod.of(String.valueOf(method.of(self)));
            served.secure = "https".equals(scheme.text(self));
            served.status = Math.max(served.status, code.number(status.of(self)));
            exchanges.trace(served, trace, asked.of(self));
            exchanges.finish(served);
            exchanges.forget(self);
            return null;
        }
    }
}
