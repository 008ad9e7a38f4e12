package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Times calls of Apache HttpClient 5 that block, redirects and retries included, from {@code execute} to the release of the
 * connection: when the body was read to its end, closed or lost.
 */
public final class ApacheClient5Hook extends Hook {
    private static final String PACKAGE = "org.apache.hc.client5.http.impl.classic.";
    private static final String EXECUTION = PACKAGE + "InternalExecRuntime";
    private static final String BODY = "org.apache.hc.core5.http.io.EofSensorInputStream";

    public ApacheClient5Hook(Recorder recorder) {
        super("apache-httpclient5", "org.apache.httpcomponents.client5:httpclient5", "5.0 to 5.6");
        BlockingCalls calls = new BlockingCalls(new ClientCalls(recorder, name()));
        for (String client : new String[] {"InternalHttpClient", "MinimalHttpClient"}) {
            type(PACKAGE + client)
                    .weave(method(
                                    "doExecute",
                                    "org.apache.hc.core5.http.HttpHost",
                                    "org.apache.hc.core5.http.ClassicHttpRequest",
                                    "org.apache.hc.core5.http.protocol.HttpContext")
                            .advice(nested("Execute"))
                            .probe(calls.called));
        }
        type(EXECUTION)
                .weave(
                        anyMethod("acquireEndpoint").advice(BlockingAdvice.MADE).probe(calls.acquired),
                        method("releaseEndpoint").advice(BlockingAdvice.TOLD).probe(calls.released),
                        method("discardEndpoint").advice(BlockingAdvice.TOLD).probe(calls.released),
                        method("cancel").advice(BlockingAdvice.TOLD).probe(calls.cancelled));
        type(BODY)
                .weave(
                        method("checkAbort").advice(BlockingAdvice.TOLD).probe(calls.failing),
                        method("read").advice(BlockingAdvice.FAILED).probe(calls.failed),
                        method("read", "byte[]", "int", "int")
                                .advice(BlockingAdvice.FAILED)
                                .probe(calls.failed));
    }

    /** Reads whom the call is for; without a target the request names it. */
    static final class Execute {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook,
                @Advice.This Object client,
                @Advice.Argument(0) HttpHost target,
                @Advice.Argument(1) ClassicHttpRequest request) {
            URIAuthority authority = request.getAuthority();
            String host = target != null ? target.getHostName() : authority == null ? null : authority.getHostName();
            Object call = HeadroomBridge.live.enter(hook, client, host, request.getMethod());
            if (call != null) {
                int port = target != null ? target.getPort() : authority == null ? -1 : authority.getPort();
                String scheme = target != null ? target.getSchemeName() : request.getScheme();
                long secure = "https".equals(scheme) ? OpenCall.SECURE : 0;
                HeadroomBridge.live.mark(hook, call, OpenCall.PEER | secure | (port > 0 ? port : 0));
            }
            return call;
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object call,
                @Advice.Return ClassicHttpResponse response,
                @Advice.Thrown Throwable thrown) {
            if (call != null) {
                if (response != null) {
                    HeadroomBridge.live.mark(hook, call, response.getCode());
                }
                HeadroomBridge.live.exit(hook, call, null, thrown);
            }
        }
    }
}
