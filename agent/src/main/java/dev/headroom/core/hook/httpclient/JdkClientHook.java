package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Behalf;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.PerThread;
import dev.headroom.core.record.Recorder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Times a call of the JDK's {@code HttpClient} to its end, body included as far as the body handler waits for it. {@code send}
 * waits for what {@code sendAsync} does, so what begins within it is not counted again; it is timed on its own thread and
 * allocates nothing. Of {@code sendAsync} the application gets its own future back, unchanged; one small object per call carries
 * the measurement to whatever thread completes it.
 */
public final class JdkClientHook extends Hook {
    private static final String REQUEST = "java.net.http.HttpRequest";
    private static final String HANDLER = "java.net.http.HttpResponse$BodyHandler";

    public JdkClientHook(Recorder recorder) {
        super("jdk-http-client", "JDK", "11 to 25");
        Calls calls = new Calls(new ClientCalls(recorder, name()));
        type("jdk.internal.net.http.HttpClientImpl")
                .weave(
                        method("send", REQUEST, HANDLER)
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(new SendProbe(calls)),
                        method(
                                        "sendAsync",
                                        REQUEST,
                                        HANDLER,
                                        "java.net.http.HttpResponse$PushPromiseHandler",
                                        "java.util.concurrent.Executor")
                                .advice(Advices.TIMED_ARGUMENT)
                                .probe(new SendAsyncProbe(calls)));
    }

    /** What both ways of calling have in common. Thread-safe. */
    private static final class Calls {
        final Recorder recorder;
        private final ClientCalls calls;
        private volatile @Nullable Access access;

        Calls(ClientCalls calls) {
            this.recorder = calls.recorder;
            this.calls = calls;
        }

        Access access(Object client) {
            Access known = access;
            if (known == null) {
                known = new Access(client.getClass().getClassLoader());
                access = known;
            }
            return known;
        }

        void record(
                Behalf behalf,
                @Nullable URI uri,
                @Nullable String method,
                @Nullable String template,
                int status,
                @Nullable Throwable thrown,
                long startNanos) {
            long nanos = Clock.elapsed(startNanos, recorder.nanos());
            String error = ClientCalls.errorType(thrown);
            DurationSeries series = calls.record(
                    uri == null ? null : uri.getHost(),
                    uri == null ? -1 : uri.getPort(),
                    uri != null && "https".equalsIgnoreCase(uri.getScheme()),
                    method,
                    template,
                    status,
                    error,
                    nanos);
            behalf.called(CallStack.Kind.HTTP_CLIENT, series, startNanos, nanos, Peers.error(status, error));
        }
    }

    private static final class SendProbe extends Probe {
        private final Calls calls;

        private final PerThread<Waiting> threads = new PerThread<Waiting>() {
            @Override
            protected Waiting initial() {
                return new Waiting();
            }
        };

        SendProbe(Calls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            CallStack stack = CallStack.current();
            if (self == null || a == null || stack.inside(CallStack.Kind.HTTP_CLIENT)) {
                return null;
            }
            Waiting waiting = threads.get();
            Access access = calls.access(self);
            waiting.access = access;
            waiting.uri = access.uri(a);
            waiting.method = access.method(a);
            waiting.template = UrlTemplates.current().of(waiting.uri);
            waiting.behalf.here(stack);
            waiting.call = stack.begin(CallStack.Kind.HTTP_CLIENT, null, calls.recorder.nanos());
            return waiting;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Waiting waiting = (Waiting) token;
            Call call = waiting.call;
            Access access = waiting.access;
            if (call != null && access != null) {
                call.waited();
                call.discard();
                int status = result == null ? 0 : access.status(result);
                calls.record(
                        waiting.behalf,
                        waiting.uri,
                        waiting.method,
                        waiting.template,
                        status,
                        thrown,
                        call.startNanos());
            }
            waiting.behalf.forget();
            waiting.call = null;
            waiting.uri = null;
        }
    }

    /** The call that one thread waits for; there is no other within it. */
    private static final class Waiting {
        final Behalf behalf = new Behalf();

        @Nullable
        Access access;

        @Nullable
        Call call;

        @Nullable
        URI uri;

        @Nullable
        String method;

        @Nullable
        String template;
    }

    private static final class SendAsyncProbe extends Probe {
        private final Calls calls;

        SendAsyncProbe(Calls calls) {
            this.calls = calls;
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self == null || a == null || ClientCalls.nested()) {
                return null;
            }
            Access access = calls.access(self);
            return new Sent(calls, access, access.uri(a), access.method(a), calls.recorder.nanos());
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Sent sent = (Sent) token;
            if (result instanceof CompletableFuture) {
                sent.behalf.future((CompletableFuture<?>) result);
                CompletableFuture<?> ignored = ((CompletableFuture<?>) result).whenComplete(sent);
            } else {
                sent.accept(null, thrown);
            }
        }
    }

    /** A request under way. Throws nothing into the client's own completion. */
    private static final class Sent implements BiConsumer<@Nullable Object, @Nullable Throwable> {
        private final Calls calls;
        private final Access access;
        private final @Nullable URI uri;
        private final @Nullable String method;
        private final @Nullable String template;
        private final long startNanos;
        private final Behalf behalf = new Behalf();

        Sent(Calls calls, Access access, @Nullable URI uri, @Nullable String method, long startNanos) {
            this.calls = calls;
            this.access = access;
            this.uri = uri;
            this.method = method;
            this.template = UrlTemplates.current().of(uri);
            this.startNanos = startNanos;
            behalf.anywhere(CallStack.current(), startNanos);
        }

        @Override
        public void accept(@Nullable Object response, @Nullable Throwable thrown) {
            int status = response == null ? 0 : access.status(response);
            calls.record(behalf, uri, method, template, status, thrown, startNanos);
        }
    }

    /** Reads the API types of {@code java.net.http}, which Java 8 does not have. Immutable and thread-safe. */
    private static final class Access {
        private final MethodHandle uri;
        private final MethodHandle method;
        private final MethodHandle status;

        Access(@Nullable ClassLoader loader) {
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Class<?> request = Class.forName("java.net.http.HttpRequest", false, loader);
                Class<?> response = Class.forName("java.net.http.HttpResponse", false, loader);
                uri = lookup.findVirtual(request, "uri", MethodType.methodType(URI.class))
                        .asType(MethodType.methodType(URI.class, Object.class));
                method = lookup.findVirtual(request, "method", MethodType.methodType(String.class))
                        .asType(MethodType.methodType(String.class, Object.class));
                status = lookup.findVirtual(response, "statusCode", MethodType.methodType(int.class))
                        .asType(MethodType.methodType(int.class, Object.class));
            } catch (ReflectiveOperationException absent) {
                throw new IllegalStateException("java.net.http is not as known: " + absent.getMessage(), absent);
            }
        }

        @Nullable
        URI uri(Object request) {
            try {
                return (URI) uri.invokeExact(request);
            } catch (Throwable unreadable) {
                return null;
            }
        }

        @Nullable
        String method(Object request) {
            try {
                return (String) method.invokeExact(request);
            } catch (Throwable unreadable) {
                return null;
            }
        }

        int status(Object response) {
            try {
                return (int) status.invokeExact(response);
            } catch (Throwable unreadable) {
                return 0;
            }
        }
    }
}
