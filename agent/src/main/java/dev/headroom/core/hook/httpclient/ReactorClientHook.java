package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import net.bytebuddy.asm.Advice;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.client.HttpClientState;

/**
 * Times calls of Reactor Netty's HTTP client, and so those of Spring's WebClient on top of it: from each subscription, redirects,
 * retries and the wait for a connection included, to the end of the reply's body. No publisher is decorated: the library's own
 * handler, one for each subscription, stands for the call until the headers come, and the connection's operations after that.
 */
public final class ReactorClientHook extends Hook {
    private static final String CONNECT = "reactor.netty.http.client.HttpClientConnect";
    private static final String HANDLER = CONNECT + "$HttpClientHandler";
    private static final String OBSERVER = CONNECT + "$HttpObserver";
    private static final String CONNECTION = "reactor.netty.Connection";
    private static final String STATE = "reactor.netty.ConnectionObserver$State";

    public ReactorClientHook(Recorder recorder) {
        super("reactor-netty-client", "io.projectreactor.netty:reactor-netty-http", "0.9 to 1.3");
        ReactorCalls calls = new ReactorCalls(new ClientCalls(recorder, name()));
        type(HANDLER)
                .weave(
                        anyMethod("<init>")
                                .needs(HANDLER, "method")
                                .needs(HANDLER, "websocketClientSpec")
                                .needs(HANDLER, "get")
                                .advice(nested("Subscribed"))
                                .probe(calls.begun),
                        method("test", "java.lang.Throwable")
                                .advice(nested("Tested"))
                                .probe(calls.failed),
                        method("requestWithBody", "reactor.netty.http.client.HttpClientOperations")
                                .advice(Advices.TIMED)
                                .probe(calls.writing));
        type(OBSERVER)
                .weave(
                        anyMethod("<init>")
                                .needs(OBSERVER, "sink")
                                .needs(OBSERVER, "handler")
                                .advice(nested("Observing"))
                                .probe(calls.attempted),
                        method("onStateChange", CONNECTION, STATE)
                                .needs(OBSERVER, "handler")
                                .needs("reactor.netty.http.client.HttpClientState", "RESPONSE_RECEIVED")
                                .needs("reactor.netty.http.client.HttpClientState", "RESPONSE_COMPLETED")
                                .needs(STATE, "DISCONNECTING")
                                .advice(nested("Changed"))
                                .probe(calls.changed));
        type("reactor.netty.channel.ChannelOperations")
                .weave(method("onInboundError", "java.lang.Throwable")
                        .advice(KeyedAdvice.FAILED)
                        .probe(calls.failed));
        type("reactor.core.publisher.MonoCreate$DefaultMonoSink")
                .weave(method("cancel").advice(Advices.CALLED).probe(calls.cancelled));
    }

    /** A WebSocket's handshake is no call. */
    static final class Subscribed {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object handler,
                @Advice.FieldValue("method") HttpMethod method,
                @Advice.FieldValue("websocketClientSpec") Object webSocket) {
            if (webSocket == null) {
                Object remote = ((Supplier<?>) handler).get();
                InetSocketAddress address = remote instanceof InetSocketAddress ? (InetSocketAddress) remote : null;
                Object call = HeadroomBridge.live.enter(
                        hook, handler, address == null ? null : address.getHostString(), method.name());
                if (call != null && address != null) {
                    HeadroomBridge.live.mark(hook, call, OpenCall.PEER | address.getPort());
                }
            }
        }
    }

    /** Whether a failure is followed by another attempt. */
    static final class Tested {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object handler,
                @Advice.Argument(0) Throwable failure,
                @Advice.Return boolean again) {
            if (!again) {
                HeadroomBridge.live.exit(hook, handler, null, failure);
            }
        }
    }

    static final class Observing {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.FieldValue("sink") Object sink,
                @Advice.FieldValue("handler") Object handler) {
            HeadroomBridge.live.enter(hook, sink, handler, null);
        }
    }

    /** An application that reads no further disconnects; that is no failure. */
    static final class Changed {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.FieldValue("handler") Object handler,
                @Advice.Argument(0) Connection connection,
                @Advice.Argument(1) ConnectionObserver.State state) {
            if (state == HttpClientState.RESPONSE_RECEIVED) {
                HeadroomBridge.live.enter(hook, connection, handler, null);
                HeadroomBridge.live.mark(
                        hook,
                        connection,
                        ((HttpClientResponse) connection).status().code());
            } else if (state == HttpClientState.RESPONSE_COMPLETED || state == ConnectionObserver.State.DISCONNECTING) {
                HeadroomBridge.live.exit(hook, connection, null, null);
            }
        }
    }
}
