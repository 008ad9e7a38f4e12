package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.record.Recorder;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Times calls of OkHttp 3 to 5, {@code execute} and {@code enqueue}, redirects and retries included: from the call, with its wait for
 * a place in the dispatcher, to where OkHttp finds the exchange over, which is when the body was read, closed or lost.
 */
public final class OkHttpHook extends Hook {
    private static final String EARLY_CALL = "okhttp3.RealCall";
    private static final String CALL = "okhttp3.internal.connection.RealCall";
    private static final String TRANSMITTER = "okhttp3.internal.connection.Transmitter";

    public OkHttpHook(Recorder recorder) {
        super("okhttp", "com.squareup.okhttp3:okhttp", "3 to 5");
        OkHttpCalls calls = new OkHttpCalls(new ClientCalls(recorder, name()));
        for (String call : new String[] {EARLY_CALL, CALL}) {
            type(call)
                    .weave(
                            method("execute").advice(nested("Ask")).probe(calls.asked),
                            method("enqueue", "okhttp3.Callback")
                                    .advice(nested("Ask"))
                                    .probe(calls.asked));
        }
        type(CALL)
                .weave(
                        method("getResponseWithInterceptorChain$okhttp")
                                .advice(nested("Answer"))
                                .probe(calls.answered),
                        method("callDone", "java.io.IOException")
                                .advice(nested("Done"))
                                .probe(calls.done));
        type(EARLY_CALL)
                .firstOf(
                        method("getResponseWithInterceptorChain")
                                .needs(TRANSMITTER, null)
                                .advice(nested("Answer"))
                                .probe(calls.answered),
                        method("getResponseWithInterceptorChain")
                                .advice(nested("Answer"))
                                .probe(calls.answeredByStream),
                        method("getResponseWithInterceptorChain", "boolean")
                                .advice(nested("Answer"))
                                .probe(calls.answeredByStream));
        type(TRANSMITTER)
                .weave(method("maybeReleaseConnection", "java.io.IOException", "boolean")
                        .needs(TRANSMITTER, "call")
                        .needs(TRANSMITTER, "exchange")
                        .needs(TRANSMITTER, "noMoreExchanges")
                        .advice(nested("Released"))
                        .probe(calls.done));
        streams("okhttp3.internal.connection.StreamAllocation", calls);
        streams("okhttp3.internal.http.StreamAllocation", calls);
    }

    /** Before 3.14. */
    private void streams(String allocation, OkHttpCalls calls) {
        type(allocation)
                .weave(
                        anyMethod("newStream").advice(BlockingAdvice.MADE).probe(calls.streamed),
                        method(
                                        "streamFinished",
                                        "boolean",
                                        "okhttp3.internal.http.HttpCodec",
                                        "long",
                                        "java.io.IOException")
                                .advice(nested("Finished"))
                                .probe(calls.finished),
                        method("streamFinished", "boolean", "okhttp3.internal.http.HttpCodec")
                                .advice(BlockingAdvice.TOLD)
                                .probe(calls.finished),
                        method("streamFinished", "boolean", "okhttp3.internal.http.HttpStream")
                                .advice(BlockingAdvice.TOLD)
                                .probe(calls.finished));
    }

    /** A call that was made before is refused by the library itself. */
    static final class Ask {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(@HookId int hook, @Advice.This Call call) {
            Object token = null;
            if (!call.isExecuted()) {
                Request request = call.request();
                HttpUrl url = request.url();
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

    static final class Done {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@HookId int hook, @Advice.This Call call, @Advice.Return IOException failure) {
            HeadroomBridge.live.exit(hook, call, call.isCanceled() ? call : null, failure);
        }
    }

    static final class Released {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.FieldValue("call") Call call,
                @Advice.FieldValue("exchange") Object exchange,
                @Advice.FieldValue("noMoreExchanges") boolean last,
                @Advice.Return IOException failure) {
            if (last && exchange == null) {
                HeadroomBridge.live.exit(hook, call, call.isCanceled() ? call : null, failure);
            }
        }
    }

    static final class Finished {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object stream, @Advice.Argument(3) IOException failure) {
            HeadroomBridge.live.exit(hook, stream, null, failure);
        }
    }
}
