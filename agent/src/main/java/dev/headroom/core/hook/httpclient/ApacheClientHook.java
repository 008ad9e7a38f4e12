package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.jspecify.annotations.Nullable;

/**
 * Times calls of Apache HttpClient 4, redirects and retries included, from {@code execute} to the release of the connection: when the
 * body was read to its end, closed or lost. The three clients of 4.3 and later are woven, caching and decorating ones end there, too.
 */
public final class ApacheClientHook extends Hook {
    private static final String EXECUTION = "org.apache.http.impl.execchain.ConnectionHolder";
    private static final String ENTITY = "org.apache.http.conn.BasicManagedEntity";
    private static final String BODY = "org.apache.http.conn.EofSensorInputStream";

    public ApacheClientHook(Recorder recorder) {
        super("apache-httpclient", "org.apache.httpcomponents:httpclient", "4.3 to 4.5");
        BlockingCalls calls = new BlockingCalls(new ClientCalls(recorder, name()));
        for (String client : new String[] {"InternalHttpClient", "MinimalHttpClient", "AbstractHttpClient"}) {
            type("org.apache.http.impl.client." + client)
                    .weave(method(
                                    "doExecute",
                                    "org.apache.http.HttpHost",
                                    "org.apache.http.HttpRequest",
                                    "org.apache.http.protocol.HttpContext")
                            .needs("org.apache.http.client.methods.CloseableHttpResponse", null)
                            .advice(nested("Execute"))
                            .probe(calls.called));
        }
        type(EXECUTION)
                .weave(
                        anyMethod("<init>").advice(BlockingAdvice.MADE).probe(calls.acquired),
                        method("cancel").advice(BlockingAdvice.TOLD).probe(calls.cancelled),
                        method("releaseConnection").advice(BlockingAdvice.TOLD).probe(calls.released),
                        method("abortConnection").advice(BlockingAdvice.TOLD).probe(calls.released));
        // Version 4.5 releases by it when a response is closed.
        type(EXECUTION)
                .weave(method("releaseConnection", "boolean")
                        .advice(BlockingAdvice.TOLD)
                        .probe(calls.released));
        type(ENTITY)
                .weave(
                        anyMethod("<init>").advice(BlockingAdvice.MADE).probe(calls.acquired),
                        method("releaseManagedConnection")
                                .advice(BlockingAdvice.TOLD)
                                .probe(calls.released),
                        method("abortConnection").advice(BlockingAdvice.TOLD).probe(calls.released),
                        method("streamAbort", "java.io.InputStream")
                                .advice(BlockingAdvice.TOLD)
                                .probe(calls.released));
        type(BODY)
                .weave(
                        method("checkAbort").advice(BlockingAdvice.TOLD).probe(calls.failing),
                        method("read").advice(BlockingAdvice.FAILED).probe(calls.failed),
                        method("read", "byte[]", "int", "int")
                                .advice(BlockingAdvice.FAILED)
                                .probe(calls.failed));
    }

    /** Reads whom the call is for, without asking for a request line, which would be made anew. */
    static final class Execute {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook,
                @Advice.This Object client,
                @Advice.Argument(0) HttpHost target,
                @Advice.Argument(1) HttpRequest request) {
            String method = request instanceof HttpUriRequest
                    ? ((HttpUriRequest) request).getMethod()
                    : request.getRequestLine().getMethod();
            Object call = HeadroomBridge.live.enter(hook, client, target == null ? null : target.getHostName(), method);
            if (call != null && target != null) {
                long secure = "https".equals(target.getSchemeName()) ? OpenCall.SECURE : 0;
                long port = target.getPort() > 0 ? target.getPort() : 0;
                HeadroomBridge.live.mark(hook, call, OpenCall.PEER | secure | port);
            }
            return call;
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object call,
                @Advice.Return CloseableHttpResponse response,
                @Advice.Thrown Throwable thrown) {
            if (call != null) {
                if (response != null) {
                    HeadroomBridge.live.mark(
                            hook, call, response.getStatusLine().getStatusCode());
                }
                HeadroomBridge.live.exit(hook, call, null, thrown);
            }
        }
    }
}
