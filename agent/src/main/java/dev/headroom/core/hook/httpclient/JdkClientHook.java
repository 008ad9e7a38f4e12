package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Recorder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Times a call of the JDK's {@code HttpClient} until its future completes, body included as far as the body handler waits for it.
 * {@code send} goes through the same private method, so each call is seen once. The application gets its own future back,
 * unchanged; one small object per call carries the measurement to whatever thread completes it.
 */
public final class JdkClientHook extends Hook {
    public JdkClientHook(Recorder recorder) {
        super("jdk-http-client", "JDK", "11 to 25");
        type("jdk.internal.net.http.HttpClientImpl")
                .weave(method(
                                "sendAsync",
                                "java.net.http.HttpRequest",
                                "java.net.http.HttpResponse$BodyHandler",
                                "java.net.http.HttpResponse$PushPromiseHandler",
                                "java.util.concurrent.Executor")
                        .advice(Advices.TIMED_ARGUMENT)
                        .probe(new SendProbe(recorder)));
    }

    private static final class SendProbe extends Probe {
        private final Recorder recorder;
        private final Peers peers;
        private volatile @Nullable Access access;

        SendProbe(Recorder recorder) {
            this.recorder = recorder;
            this.peers = new Peers(recorder);
        }

        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self == null || a == null) {
                return null;
            }
            Access known = access;
            if (known == null) {
                known = new Access(self.getClass().getClassLoader());
                access = known;
            }
            return new Sent(this, known, known.uri(a), known.method(a), recorder.nanos());
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Sent sent = (Sent) token;
            if (result instanceof CompletableFuture) {
                CompletableFuture<?> ignored = ((CompletableFuture<?>) result).whenComplete(sent);
            } else {
                sent.accept(null, thrown);
            }
        }

        void record(Sent sent, int status, @Nullable Throwable thrown) {
            URI uri = sent.uri;
            peers.record(
                    uri == null ? null : uri.getHost(),
                    uri == null ? -1 : uri.getPort(),
                    uri != null && "https".equalsIgnoreCase(uri.getScheme()),
                    sent.method,
                    status,
                    thrown,
                    Clock.elapsed(sent.startNanos, recorder.nanos()));
        }
    }

    /** A request under way. Throws nothing into the client's own completion. */
    private static final class Sent implements BiConsumer<@Nullable Object, @Nullable Throwable> {
        private final SendProbe probe;
        private final Access access;
        private final @Nullable URI uri;
        private final @Nullable String method;
        private final long startNanos;

        Sent(SendProbe probe, Access access, @Nullable URI uri, @Nullable String method, long startNanos) {
            this.probe = probe;
            this.access = access;
            this.uri = uri;
            this.method = method;
            this.startNanos = startNanos;
        }

        @Override
        public void accept(@Nullable Object response, @Nullable Throwable thrown) {
            Throwable cause = thrown;
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            probe.record(this, response == null ? 0 : access.status(response), cause);
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
