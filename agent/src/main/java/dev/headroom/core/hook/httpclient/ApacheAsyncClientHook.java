package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpRequestWrapper;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;

/**
 * Times calls of Apache HttpAsyncClient 4.1, redirects and retries included: from the call to the end of the reply's body, on whatever
 * thread, before the application hears of it. The library's exchange handler stands for the call. Pipelining clients are not woven.
 */
public final class ApacheAsyncClientHook extends Hook {
    private static final String PACKAGE = "org.apache.http.impl.nio.client.";
    private static final String HANDLER = PACKAGE + "AbstractClientExchangeHandler";
    private static final String RESPONSE = "org.apache.http.HttpResponse";

    public ApacheAsyncClientHook(Recorder recorder) {
        super("apache-httpasyncclient", "org.apache.httpcomponents:httpasyncclient", "4.1");
        KeyedCalls calls = new KeyedCalls(new ClientCalls(recorder, name()));
        type(PACKAGE + "MainClientExec")
                .weave(method(
                                "prepare",
                                "org.apache.http.HttpHost",
                                "org.apache.http.HttpRequest",
                                PACKAGE + "InternalState",
                                HANDLER)
                        .advice(nested("Prepare"))
                        .probe(calls.begun));
        type(PACKAGE + "MinimalClientExchangeHandlerImpl")
                .weave(method("start")
                        .needs(PACKAGE + "MinimalClientExchangeHandlerImpl", "requestProducer")
                        .advice(nested("Start"))
                        .probe(calls.begun));
        type(HANDLER)
                .weave(
                        method("setCurrentRequest", "org.apache.http.client.methods.HttpRequestWrapper")
                                .advice(nested("Request"))
                                .probe(calls.named),
                        method("markCompleted").advice(Advices.CALLED).probe(calls.completed));
        for (String handler : new String[] {"DefaultClientExchangeHandlerImpl", "MinimalClientExchangeHandlerImpl"}) {
            type(PACKAGE + handler)
                    .weave(
                            method("responseReceived", RESPONSE)
                                    .advice(nested("Response"))
                                    .probe(calls.answered),
                            method("executionFailed", "java.lang.Exception")
                                    .advice(KeyedAdvice.FAILED)
                                    .probe(calls.failed),
                            method("executionCancelled").advice(Advices.CALLED).probe(calls.cancelled),
                            method("releaseResources")
                                    .advice(Advices.CALLED)
                                    .probe(calls.dropped("org.apache.http.ConnectionClosedException")));
        }
    }

    static final class Prepare {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.Argument(0) HttpHost target,
                @Advice.Argument(1) HttpRequest request,
                @Advice.Argument(3) Object handler) {
            Object call = HeadroomBridge.live.enter(
                    hook,
                    handler,
                    target.getHostName(),
                    request.getRequestLine().getMethod());
            if (call != null) {
                long secure = "https".equals(target.getSchemeName()) ? OpenCall.SECURE : 0;
                long port = target.getPort() > 0 ? target.getPort() : 0;
                HeadroomBridge.live.mark(hook, call, OpenCall.PEER | secure | port);
            }
        }
    }

    static final class Start {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object handler,
                @Advice.FieldValue("requestProducer") HttpAsyncRequestProducer producer) {
            HttpHost target = producer.getTarget();
            Object call = HeadroomBridge.live.enter(hook, handler, target.getHostName(), null);
            if (call != null) {
                long secure = "https".equals(target.getSchemeName()) ? OpenCall.SECURE : 0;
                long port = target.getPort() > 0 ? target.getPort() : 0;
                HeadroomBridge.live.mark(hook, call, OpenCall.PEER | secure | port);
            }
        }
    }

    static final class Request {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook, @Advice.This Object handler, @Advice.Argument(0) HttpRequestWrapper request) {
            HeadroomBridge.live.enter(hook, handler, request.getMethod(), null);
        }
    }

    static final class Response {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object handler, @Advice.Argument(0) HttpResponse response) {
            HeadroomBridge.live.mark(hook, handler, response.getStatusLine().getStatusCode());
        }
    }
}
