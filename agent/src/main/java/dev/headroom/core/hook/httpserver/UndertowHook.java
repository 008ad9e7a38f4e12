package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Recorder;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Times an exchange from its headers to the call of its completion listeners, on whatever threads its handlers run. */
public final class UndertowHook extends Hook {
    private static final String EXCHANGE = "io.undertow.server.HttpServerExchange";
    private static final String HEADERS = "io.undertow.util.HeaderMap";

    public UndertowHook(Recorder recorder) {
        super("undertow", "io.undertow:undertow-core", "1.4 to 2.3");
        Exchanges exchanges = new Exchanges(recorder);
        type("io.undertow.server.Connectors")
                .weave(method("executeRootHandler", "io.undertow.server.HttpHandler", EXCHANGE)
                        .advice(Advices.TIMED_SECOND)
                        .probe(new Handled(exchanges)));
        type(EXCHANGE)
                .weave(method("invokeExchangeCompleteListeners")
                        .advice(Advices.CALLED)
                        .probe(new Completed(exchanges)));
        type(EXCHANGE)
                .weave(method("getResponseChannel")
                        .needs(EXCHANGE, "isResponseChannelAvailable")
                        .needs(EXCHANGE, "getResponseHeaders")
                        .needs(HEADERS, "getFirst")
                        .needs(HEADERS, "add")
                        .advice(nested("Commit"))
                        .probe(new CommittedAnswer(exchanges)));
    }

    /** Whoever writes the answer, or ends it without a body, asks for its channel first. */
    static final class Commit {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This HttpServerExchange exchange) {
            if (exchange.isResponseChannelAvailable()) {
                Object served = HeadroomBridge.live.enter(hook, exchange, null, null);
                if (served != null) {
                    HeaderMap headers = exchange.getResponseHeaders();
                    Object timing = HeadroomBridge.live.enter(hook, served, headers.getFirst("Cache-Control"), null);
                    if (timing instanceof String[]) {
                        headers.add(new HttpString("Server-Timing"), ((String[]) timing)[0]);
                        headers.add(new HttpString("X-Response-Time"), ((String[]) timing)[1]);
                    }
                }
            }
        }
    }

    /** A thread runs the exchange's handlers. */
    private static final class Handled extends Probe {
        private final Exchanges exchanges;
        private final Getter complete = new Getter("isComplete");
        private final Getter asked = new Getter("getRequestHeaders");
        private final Getter trace = new Getter("getFirst", Exchanges.TRACE_PARENT);

        Handled(Exchanges exchanges) {
            this.exchanges = exchanges;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self == null) {
                return null;
            }
            Served served = exchanges.open(self);
            if (served == null && !complete.isTrue(self)) {
                served = exchanges.begin(self);
                exchanges.propagate(served, trace, asked.of(self));
            }
            return exchanges.attach(served);
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            exchanges.detach(token);
        }
    }

    /** Both directions are done, or the connection is. */
    private static final class Completed extends Probe {
        private static final int SWITCHING = 101;
        private static final int OK = 200;

        private final Exchanges exchanges;
        private final Getter method = new Getter("getRequestMethod");
        private final Getter scheme = new Getter("getRequestScheme");
        private final Getter status = new Getter("getStatusCode");
        private final Getter answered = new Getter("isResponseComplete");
        private final Getter connection = new Getter("getConnection");
        private final Getter connected = new Getter("isOpen");
        private final Getter sent = new Getter("getResponseBytesSent");
        private final Getter asked = new Getter("getRequestHeaders");
        private final Getter answers = new Getter("getResponseHeaders");
        private final Getter offers = new Getter("getFirst", "Accept-Encoding");
        private final Getter type = new Getter("getFirst", "Content-Type");
        private final Getter upgrade = new Getter("getFirst", "Upgrade");
        private final Getter encoding = new Getter("getFirst", "Content-Encoding");
        private final Getter tag = new Getter("getFirst", "ETag");
        private final Getter modified = new Getter("getFirst", "Last-Modified");
        private final Getter caching = new Getter("getFirst", "Cache-Control");
        private final Getter protocol = new Getter("getProtocol");
        private final Getter trace = new Getter("getFirst", Exchanges.TRACE_PARENT);

        Completed(Exchanges exchanges) {
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
            served.status = status.number(self);
            // The server closes or keeps a connection only after the listeners: closed now, it broke. One of HTTP/2 is
            // no single
            // request's: a client may close it as soon as it has its answers.
            boolean whole = answered.isTrue(self) && (isStream(self) || connected.isTrue(connection.of(self)));
            if (served.status != SWITCHING && !whole) {
                served.abort();
            }
            served.sent = sent.amount(self);
            Object headers = answers.of(self);
            if (served.status == SWITCHING && "h2c".equals(upgrade.text(headers))) {
                exchanges.drop(served); // it is answered as the first stream of HTTP/2
                exchanges.forget(self);
                return null;
            }
            BodyEncoding went = BodyEncoding.of(type.text(headers), encoding.text(headers));
            boolean possible = went != BodyEncoding.IDENTITY || offers.text(asked.of(self)) != null;
            served.encoding = possible ? went : BodyEncoding.NONE;
            served.unvalidated = served.status == OK && served.method == HttpMethod.GET && isUnvalidated(headers);
            exchanges.trace(served, trace, asked.of(self));
            exchanges.finish(served);
            exchanges.forget(self);
            return null;
        }

        private boolean isUnvalidated(@Nullable Object headers) {
            if (tag.text(headers) != null || modified.text(headers) != null) {
                return false;
            }
            String rule = caching.text(headers);
            return rule == null || !rule.contains("no-store");
        }

        private boolean isStream(Object exchange) {
            return String.valueOf(protocol.of(exchange)).startsWith("HTTP/2");
        }
    }
}
