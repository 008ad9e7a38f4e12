package dev.headroom.core.hook.httpclient;

import com.squareup.okhttp.Call;
import com.squareup.okhttp.HttpUrl;
import com.squareup.okhttp.Request;
import com.squareup.okhttp.Response;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Times calls of OkHttp 2.7, as {@link OkHttpHook} those of OkHttp 3. */
public final class OkHttp2Hook extends Hook {
    private static final String CALL = "com.squareup.okhttp.Call";
    private static final String STREAMS = "com.squareup.okhttp.internal.http.StreamAllocation";

    public OkHttp2Hook(Recorder recorder) {
        super("okhttp2", "com.squareup.okhttp:okhttp", "2.7");
        OkHttpCalls calls = new OkHttpCalls(new ClientCalls(recorder, name()));
        type(CALL)
                .weave(
                        method("execute")
                                .needs(STREAMS, null)
                                .advice(nested("Ask"))
                                .probe(calls.asked),
                        method("enqueue", "com.squareup.okhttp.Callback")
                                .needs(STREAMS, null)
                                .advice(nested("Ask"))
                                .probe(calls.asked),
                        method("getResponseWithInterceptorChain", "boolean")
                                .needs(STREAMS, null)
                                .advice(nested("Answer"))
                                .probe(calls.answeredByStream));
        type(STREAMS)
                .weave(
                        anyMethod("newStream").advice(BlockingAdvice.MADE).probe(calls.streamed),
                        method("streamFinished", "com.squareup.okhttp.internal.http.HttpStream")
                                .advice(BlockingAdvice.TOLD)
                                .probe(calls.finished));
    }

    /** A call that was made before is refused by the library itself. */
    static final class Ask {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook, @Advice.This Call call, @Advice.FieldValue("originalRequest") Request request) {
            Object token = null;
            if (!call.isExecuted()) {
                HttpUrl url = request.httpUrl();
                token = HeadroomBridge.live.enter(hook, call, url.host(), request.method());
                if (token != null) {
                    HeadroomBridge.live.mark(hook, token, OpenCall.PEER | url.port());
                }
            }
            return token;
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook, @Advice.Enter Object token, @Advice.This Call call, @Advice.Thrown Throwable thrown) {
            if (token != null && thrown != null) {
                HeadroomBridge.live.exit(hook, token, call, thrown);
            }
        }
    }

    static final class Answer {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(@HookId int hook, @Advice.This Call call) {
            return HeadroomBridge.live.enter(hook, call, null, null);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.This Call call,
                @Advice.Return Response response,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                if (response != null) {
                    HeadroomBridge.live.mark(hook, token, response.code());
                } else if (call.isCanceled()) {
                    HeadroomBridge.live.mark(hook, token, OkHttpCalls.CANCELED);
                }
                HeadroomBridge.live.exit(hook, token, call, thrown);
            }
        }
    }
}
