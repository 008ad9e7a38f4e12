package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import java.io.InterruptedIOException;
import net.bytebuddy.asm.Advice;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Times calls of Apache HttpClient 5 that do not block, over HTTP/1.1 and HTTP/2, redirects and retries included: from the call to
 * the end of the reply's body. The library's own callback at the head of its chain stands for the call; it is known when the request
 * enters the chain, on the caller's thread, as is the future by which the application may cancel. Clients without a chain (minimal ones) are not woven.
 */
public final class ApacheAsyncClient5Hook extends Hook {
    private static final String PACKAGE = "org.apache.hc.client5.http.impl.async.";
    private static final String CLIENT = PACKAGE + "InternalAbstractHttpAsyncClient";
    private static final String NIO = "org.apache.hc.core5.http.nio.";
    private static final String SCOPE = "org.apache.hc.client5.http.async.AsyncExecChain$Scope";

    private final ClientCalls calls;

    private final PerThread<Asking> threads = new PerThread<Asking>() {
        @Override
        protected Asking initial() {
            return new Asking();
        }
    };

    public ApacheAsyncClient5Hook(Recorder recorder) {
        super("apache-httpclient5-async", "org.apache.httpcomponents.client5:httpclient5", "5.0 to 5.6");
        calls = new ClientCalls(recorder, name());
        KeyedCalls keyed = new KeyedCalls(calls);
        type(CLIENT)
                .weave(method(
                                "doExecute",
                                "org.apache.hc.core5.http.HttpHost",
                                NIO + "AsyncRequestProducer",
                                NIO + "AsyncResponseConsumer",
                                NIO + "HandlerFactory",
                                "org.apache.hc.core5.http.protocol.HttpContext",
                                "org.apache.hc.core5.concurrent.FutureCallback")
                        .advice(Advices.TIMED)
                        .probe(new AskProbe()));
        type(PACKAGE + "AsyncExecChainElement")
                .weave(method(
                                "execute",
                                "org.apache.hc.core5.http.HttpRequest",
                                NIO + "AsyncEntityProducer",
                                SCOPE,
                                "org.apache.hc.client5.http.async.AsyncExecCallback")
                        .needs(SCOPE, "route")
                        .needs(SCOPE, "cancellableDependency")
                        .needs("org.apache.hc.client5.http.HttpRoute", "getTargetHost")
                        .advice(nested("Chain"))
                        .probe(new ChainProbe()));
        for (String future : new String[] {"BasicFuture", "ComplexFuture"}) {
            type("org.apache.hc.core5.concurrent." + future)
                    .weave(
                            method("cancel").advice(Advices.CALLED).probe(keyed.cancelledByAlias),
                            method("cancel", "boolean").advice(Advices.CALLED).probe(keyed.cancelledByAlias));
        }
        // The callback has no name of its own: an anonymous class, in 5.0 and 5.1 within another.
        for (String callback : new String[] {"$1$2", "$1$3", "$1", "$2", "$3"}) {
            type(CLIENT + callback)
                    .weave(method(
                                    "handleResponse",
                                    "org.apache.hc.core5.http.HttpResponse",
                                    "org.apache.hc.core5.http.EntityDetails")
                            .advice(nested("Response"))
                            .probe(keyed.answered));
            type(CLIENT + callback)
                    .firstOf(method("completed")
                            .needs(CLIENT + callback, "handleResponse")
                            .advice(Advices.CALLED)
                            .probe(keyed.completed));
            type(CLIENT + callback)
                    .firstOf(method("failed", "java.lang.Exception")
                            .needs(CLIENT + callback, "handleResponse")
                            .advice(KeyedAdvice.FAILED)
                            .probe(new FailProbe()));
        }
    }

    /** Between here and there the thread puts a new request into the chain. */
    private final class AskProbe extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (ClientCalls.nested()) {
                return null;
            }
            Asking asking = threads.get();
            asking.startNanos = calls.recorder.nanos();
            asking.expected = true;
            return asking;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((Asking) token).expected = false;
        }
    }

    private final class ChainProbe extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Asking asking = threads.get();
            if (!asking.expected || self == null) {
                return null;
            }
            asking.expected = false;
            return calls.begin(self, (String) a, (String) b, asking.startNanos);
        }

        @Override
        public void mark(@Nullable Object self, long value) {
            if (self instanceof OpenCall) {
                ((OpenCall) self).peer(value);
            }
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            if (result != null) {
                calls.alias(token, result);
            }
        }
    }

    /** A call that is cancelled fails with nothing but an interruption. */
    private final class FailProbe extends Probe {
        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            boolean cancelled = thrown != null && thrown.getClass() == InterruptedIOException.class;
            calls.end(token, cancelled ? ClientCalls.CANCELLED : ClientCalls.errorType(thrown));
        }
    }

    private static final class Asking {
        long startNanos;
        boolean expected;
    }

    static final class Chain {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.Argument(0) HttpRequest request,
                @Advice.Argument(2) AsyncExecChain.Scope scope,
                @Advice.Argument(3) Object callback) {
            HttpHost target = scope.route.getTargetHost();
            Object call = HeadroomBridge.live.enter(hook, callback, target.getHostName(), request.getMethod());
            if (call != null) {
                long secure = "https".equals(target.getSchemeName()) ? OpenCall.SECURE : 0;
                HeadroomBridge.live.mark(
                        hook, call, OpenCall.PEER | secure | (target.getPort() > 0 ? target.getPort() : 0));
                HeadroomBridge.live.exit(hook, callback, scope.cancellableDependency, null);
            }
        }
    }

    static final class Response {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@HookId int hook, @Advice.This Object callback, @Advice.Argument(0) HttpResponse response) {
            HeadroomBridge.live.mark(hook, callback, response.getCode());
        }
    }
}
