package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Getter;
import dev.headroom.core.hook.Probe;
import org.jspecify.annotations.Nullable;

/**
 * The probes of Jetty's client. Its conversation stands for a call: one for all requests that redirects and authentication make of the
 * application's. Which replies the client keeps to itself it tells the conversation, by a listener in the place of the application's.
 * Thread-safe; allocates nothing in steady state.
 */
final class JettyClientCalls {
    /** The application closed a reply's stream. */
    private static final String CLOSED = "java.nio.channels.AsynchronousCloseException";

    private final ClientCalls calls;
    private final Getter conversation = new Getter("getConversation");
    private final Getter request = new Getter("getRequest");
    private final Getter host = new Getter("getHost");
    private final Getter port = new Getter("getPort");
    private final Getter scheme = new Getter("getScheme");
    private final Getter method = new Getter("getMethod");
    private final Getter status = new Getter("getStatus");
    private final Getter failure = new Getter("getFailure");

    /** Enter with a request that is to be sent, exit when that failed. Only a conversation's first begins a call. */
    final Probe asked = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Object key = conversation.of(self);
            if (key == null || ClientCalls.nested() || calls.isOpen(key)) {
                return null;
            }
            OpenCall call = calls.begin(key, host.text(self), method.text(self));
            if (call != null) {
                long secure = "https".equals(scheme.text(self)) ? OpenCall.SECURE : 0;
                call.peer(OpenCall.PEER | secure | Math.max(0, port.number(self)));
            }
            return key;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            if (thrown != null) {
                calls.end(token, ClientCalls.errorType(thrown));
            }
        }
    };

    /** Enter with the conversation and the listener that will hear of the reply in the application's place, null for none. */
    final Probe listening = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self != null) {
                calls.keep(self, a != null);
            }
            return null;
        }
    };

    /** Enter with the response as last argument, when its headers came. */
    final Probe answered = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Object response = b == null ? a : b;
            Object key = conversation.of(request.of(response));
            if (key != null) {
                calls.headers(key, status.number(response));
            }
            return null;
        }
    };

    /** Enter with the result as last argument, before anyone hears of it. */
    final Probe completed = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            Object result = b == null ? a : b;
            Object key = conversation.of(request.of(result));
            if (key != null) {
                Object why = failure.of(result);
                Throwable thrown = why instanceof Throwable ? (Throwable) why : null;
                calls.endUnlessKept(key, ClientCalls.errorType(thrown), CLOSED);
            }
            return null;
        }
    };

    JettyClientCalls(ClientCalls calls) {
        this.calls = calls;
    }
}
