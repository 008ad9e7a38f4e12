package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Recorder;
import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import okhttp3.Request;
import org.asynchttpclient.netty.request.NettyRequest;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@code traceparent} of the request that a thread serves into the HTTP calls that it makes for it, as it came: a service
 * that keeps no spans passes a trace on unchanged, as the W3C's Trace Context allows. A call that has one keeps it. Only there when
 * asked for.
 */
public final class TraceParentHook extends Hook {
    private static final String APACHE = "org.apache.hc.client5.http.";
    private static final String CONNECTION = "sun.net.www.protocol.http.HttpURLConnection";
    private static final String JETTY = "org.eclipse.jetty.client.";
    private static final String JDK_REQUEST = "jdk.internal.net.http.HttpRequestImpl";

    /** Enter to be given the header, null for none. */
    private final Probe header = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            return CallStack.current().request().traceParent();
        }
    };

    public TraceParentHook(Recorder recorder) {
        super("trace-parent", "HTTP clients", "see the option trace.propagate");
        type("org.apache.http.protocol.HttpRequestExecutor")
                .weave(method(
                                "execute",
                                "org.apache.http.HttpRequest",
                                "org.apache.http.HttpClientConnection",
                                "org.apache.http.protocol.HttpContext")
                        .advice(nested("Apache4"))
                        .probe(header));
        type("org.apache.http.impl.nio.client.AbstractClientExchangeHandler")
                .weave(method("setCurrentRequest", "org.apache.http.client.methods.HttpRequestWrapper")
                        .advice(nested("Apache4"))
                        .probe(header));
        type("org.apache.hc.core5.http.impl.io.HttpRequestExecutor")
                .weave(method(
                                "execute",
                                "org.apache.hc.core5.http.ClassicHttpRequest",
                                "org.apache.hc.core5.http.io.HttpClientConnection",
                                "org.apache.hc.core5.http.io.HttpResponseInformationCallback",
                                "org.apache.hc.core5.http.protocol.HttpContext")
                        .advice(nested("Apache5"))
                        .probe(header));
        type(APACHE + "impl.async.AsyncExecChainElement")
                .weave(method(
                                "execute",
                                "org.apache.hc.core5.http.HttpRequest",
                                "org.apache.hc.core5.http.nio.AsyncEntityProducer",
                                APACHE + "async.AsyncExecChain$Scope",
                                APACHE + "async.AsyncExecCallback")
                        .advice(nested("Apache5"))
                        .probe(header));
        for (String begins : new String[] {"connect", "getInputStream", "getOutputStream"}) {
            type(CONNECTION)
                    .weave(method(begins).advice(nested("UrlConnection")).probe(header));
        }
        type("okhttp3.internal.http.RealInterceptorChain")
                .weave(method("request").advice(nested("OkHttp")).probe(header));
        type("org.asynchttpclient.netty.request.NettyRequestFactory")
                .weave(anyMethod("newNettyRequest").advice(nested("AsyncHttp")).probe(header));
        TraceParents parents = new TraceParents(recorder);
        for (String where : new String[] {JETTY, JETTY + "transport."}) {
            String listener = where.equals(JETTY) ? JETTY + "api.Response$" : JETTY + "Response$";
            type(where + "HttpRequest")
                    .weave(method("send", listener + "CompleteListener")
                            .advice(nested("Given"))
                            .probe(parents.jetty));
        }
        type(JDK_REQUEST)
                .weave(
                        method("<init>", "java.net.http.HttpRequest", "java.net.ProxySelector")
                                .advice(nested("Made"))
                                .probe(parents.made),
                        method("getUserHeaders").advice(nested("Headers")).probe(parents.headers));
    }

    static final class Apache4 {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.Argument(0) org.apache.http.HttpRequest request) {
            Object header = HeadroomBridge.live.enter(hook, null, null, null);
            if (header != null && !request.containsHeader("traceparent")) {
                request.setHeader("traceparent", (String) header);
            }
        }
    }

    static final class Apache5 {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.Argument(0) org.apache.hc.core5.http.HttpRequest request) {
            Object header = HeadroomBridge.live.enter(hook, null, null, null);
            if (header != null && !request.containsHeader("traceparent")) {
                request.setHeader("traceparent", header);
            }
        }
    }

    /** Refused by the connection itself once it is connected. */
    static final class UrlConnection {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This HttpURLConnection connection) {
            Object header = HeadroomBridge.live.enter(hook, null, null, null);
            if (header != null && connection.getRequestProperty("traceparent") == null) {
                connection.setRequestProperty("traceparent", (String) header);
            }
        }
    }

    /** A link of the chain says which request it has; what it hands on is made from that. */
    static final class OkHttp {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.Return(readOnly = false) Request request) {
            Object header = HeadroomBridge.live.enter(hook, null, null, null);
            if (header != null && request.header("traceparent") == null) {
                request = request.newBuilder()
                        .header("traceparent", (String) header)
                        .build();
            }
        }
    }

    static final class AsyncHttp {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.Return NettyRequest made) {
            Object header = HeadroomBridge.live.enter(hook, null, null, null);
            if (header != null && !made.getHttpRequest().headers().contains("traceparent")) {
                made.getHttpRequest().headers().set("traceparent", header);
            }
        }
    }

    static final class Given {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object request) {
            HeadroomBridge.live.enter(hook, request, null, null);
        }
    }

    static final class Made {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.This Object request) {
            HeadroomBridge.live.enter(hook, request, null, null);
        }
    }

    static final class Headers {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object request,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object headers) {
            Object more = HeadroomBridge.live.enter(hook, request, headers, null);
            if (more != null) {
                headers = more;
            }
        }
    }
}
