package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Probe;
import org.jspecify.annotations.Nullable;

/**
 * The probes of Reactor Netty's client. A call's handler stands for it; each attempt has a sink, whose cancelling is the only sign
 * that the application gave up before an answer. With the headers the connection's operations stand for the call. Thread-safe;
 * allocates nothing in steady state.
 */
final class ReactorCalls {
    private final ClientCalls calls;

    /** Enter with handler, host and method; mark the token with the peer. */
    final Probe begun;

    /** Exit with the handler and a failure after which there is no other attempt, or with the operations and the body's failure. */
    final Probe failed;

    /** Enter with sink and handler: an attempt begins. */
    final Probe attempted = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self != null && a != null) {
                calls.alias(a, self);
            }
            return null;
        }
    };

    /** Enter with the handler while its request is written, which may tell a URL template. */
    final Probe writing = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            UrlTemplates thread = UrlTemplates.current();
            if (self != null) {
                thread.writing(calls, self);
            }
            return thread;
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((UrlTemplates) token).written();
        }
    };

    /** Enter with the sink. */
    final Probe cancelled;

    /**
     * Enter with operations and handler when the headers came, mark the operations with the status, exit with them when the body is
     * complete or nobody wants it any more.
     */
    final Probe changed = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self != null && a != null) {
                calls.follow(a, OpenCalls.identity(self));
            }
            return null;
        }

        @Override
        public void mark(@Nullable Object self, long value) {
            if (self != null) {
                calls.headers(self, (int) value);
            }
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            calls.end(token, null);
        }
    };

    ReactorCalls(ClientCalls calls) {
        this.calls = calls;
        KeyedCalls keyed = new KeyedCalls(calls);
        begun = keyed.begun;
        failed = keyed.failed;
        cancelled = keyed.cancelledByAlias;
    }
}
