package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * Times an exchange of {@code HttpURLConnection}, redirects and authentication included: from connecting, or from the request's
 * writing when it was connected before, to the answer's headers. {@code getInputStream0} is asked again for an answer that is
 * there already; it exchanges something only while the connection remembers neither an answer nor a failure.
 */
public final class UrlConnectionHook extends Hook {
    private static final String CONNECTION = "sun.net.www.protocol.http.HttpURLConnection";
    private static final int MAX_CONNECTIONS = 10_000;

    private final Recorder recorder;
    private final ClientCalls calls;
    private final WeakIdentityMap<Long> connecting = new WeakIdentityMap<>(MAX_CONNECTIONS);

    public UrlConnectionHook(Recorder recorder) {
        super("url-connection", "JDK", "8 to 25");
        this.recorder = recorder;
        this.calls = new ClientCalls(recorder, name());
        recorder.gauges(sink -> connecting.purge());
        type(CONNECTION)
                .weave(
                        method("getInputStream0")
                                .needs(CONNECTION, "inputStream")
                                .needs(CONNECTION, "rememberedException")
                                .needs("java.net.HttpURLConnection", "responseCode")
                                .advice(nested("Exchange"))
                                .probe(new ExchangeProbe()),
                        method("plainConnect").advice(Advices.TIMED).probe(new ConnectProbe()));
    }

    /** Reads the fields that say whether there is anything to exchange, and the status without asking for it. */
    static final class Exchange {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(
                @HookId int hook,
                @Advice.This Object connection,
                @Advice.FieldValue("inputStream") InputStream answer,
                @Advice.FieldValue("rememberedException") Exception failure) {
            return answer == null && failure == null ? HeadroomBridge.live.enter(hook, connection, null, null) : null;
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.Enter Object token,
                @Advice.This Object connection,
                @Advice.FieldValue("responseCode") int status,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.mark(hook, token, status);
                HeadroomBridge.live.exit(hook, token, connection, thrown);
            }
        }
    }

    private final class ExchangeProbe extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            CallStack stack = CallStack.current();
            if (self == null || stack.inside(CallStack.Kind.HTTP_CLIENT)) {
                return null;
            }
            Long connected = connecting.remove(self);
            long now = recorder.nanos();
            Call call = stack.begin(CallStack.Kind.HTTP_CLIENT, null, connected == null ? now : connected);
            return new Sent(call, ((HttpURLConnection) self).getURL());
        }

        @Override
        public void mark(@Nullable Object self, long value) {
            if (self instanceof Sent) {
                ((Sent) self).status = (int) Math.max(0, value);
            }
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            Sent sent = (Sent) token;
            long startNanos = sent.call.startNanos();
            sent.call.waited();
            sent.call.discard();
            if (result != null) {
                // An answer of 400 and above is thrown as an exception, too: the status says more.
                Throwable failure = sent.status > 0 ? null : thrown;
                record((HttpURLConnection) result, sent.url, sent.template, sent.status, failure, startNanos);
            }
        }
    }

    /** A request under way. The URL is the one asked for: a redirect changes the connection's own. */
    private static final class Sent {
        final Call call;
        final URL url;
        final @Nullable String template = UrlTemplates.now();
        int status;

        Sent(Call call, URL url) {
            this.call = call;
            this.url = url;
        }
    }

    /** Connecting outside an exchange: for a request with a body, or by an explicit connect. */
    private final class ConnectProbe extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self == null || ClientCalls.nested()) {
                return null;
            }
            connecting.putIfAbsent(self, recorder.nanos());
            return self;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            if (thrown != null) {
                Long started = connecting.remove(token);
                HttpURLConnection connection = (HttpURLConnection) token;
                long startNanos = started == null ? recorder.nanos() : started;
                record(connection, connection.getURL(), UrlTemplates.now(), 0, thrown, startNanos);
            }
        }
    }

    private void record(
            HttpURLConnection connection,
            URL url,
            @Nullable String template,
            int status,
            @Nullable Throwable thrown,
            long startNanos) {
        long nanos = Clock.elapsed(startNanos, recorder.nanos());
        String error = ClientCalls.errorType(thrown);
        DurationSeries series = calls.record(
                url.getHost(),
                url.getPort(),
                "https".equals(url.getProtocol()),
                connection.getRequestMethod(),
                template,
                status,
                error,
                nanos);
        CallStack.current()
                .called(CallStack.Kind.HTTP_CLIENT, series, startNanos, nanos, -1, 0, Peers.error(status, error));
    }
}
