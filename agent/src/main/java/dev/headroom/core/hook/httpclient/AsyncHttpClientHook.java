package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.Request;
import org.asynchttpclient.uri.Uri;

/**
 * Times calls of AsyncHttpClient, redirects, retries and the wait for a connection included: from the call to the end of the reply,
 * before the application's handler hears of it. The library's future, which every attempt shares, stands for the call.
 */
public final class AsyncHttpClientHook extends Hook {
    private static final String PACKAGE = "org.asynchttpclient.";
    private static final String FUTURE = PACKAGE + "netty.NettyResponseFuture";

    public AsyncHttpClientHook(Recorder recorder) {
        super("async-http-client", "org.asynchttpclient:async-http-client", "2.1 to 3.0");
        KeyedCalls calls = new KeyedCalls(new ClientCalls(recorder, name()));
        type(FUTURE)
                .weave(
                        anyMethod("<init>")
                                .needs(PACKAGE + "Request", "getUri")
                                .needs(PACKAGE + "uri.Uri", "getExplicitPort")
                                .advice(nested("Made"))
                                .probe(calls.begun),
                        method("done").advice(Advices.CALLED).probe(calls.completed),
                        method("abort", "java.lang.Throwable")
                                .advice(KeyedAdvice.FAILED)
                                .probe(calls.failed),
                        method("cancel", "boolean").advice(Advices.CALLED).probe(calls.cancelled));
        type(PACKAGE + "netty.handler.intercept.Interceptors")
                .weave(method(
                                "exitAfterIntercept",
                                "io.netty.channel.Channel",
                                FUTURE,
                                PACKAGE + "AsyncHandler",
                                "io.netty.handler.codec.http.HttpResponse",
                                PACKAGE + "HttpResponseStatus",
                                "io.netty.handler.codec.http.HttpHeaders")
                        .advice(nested("Answered"))
                        .probe(calls.answered));
    }

    /** A WebSocket's handshake is no call. */
    static final class Made {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.This Object future, @Advice.Argument(0) Request request) {
            Uri uri = request.getUri();
            if (!uri.getScheme().startsWith("ws")) {
                Object call = HeadroomBridge.live.enter(hook, future, uri.getHost(), request.getMethod());
                if (call != null) {
                    long secure = uri.isSecured() ? OpenCall.SECURE : 0;
                    HeadroomBridge.live.mark(hook, call, OpenCall.PEER | secure | uri.getExplicitPort());
                }
            }
        }
    }

    static final class Answered {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook, @Advice.Argument(1) Object future, @Advice.Argument(4) HttpResponseStatus status) {
            HeadroomBridge.live.mark(hook, future, status.getStatusCode());
        }
    }
}
