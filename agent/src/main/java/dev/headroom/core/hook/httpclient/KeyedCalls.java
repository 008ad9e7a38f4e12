package dev.headroom.core.hook.httpclient;

import dev.headroom.core.hook.Probe;
import org.jspecify.annotations.Nullable;

/**
 * The probes of clients in which one object of the library, here the key, stands for a call from its beginning to its end, on
 * whatever threads. Thread-safe; allocates nothing in steady state.
 */
final class KeyedCalls {
    final ClientCalls calls;

    /** Enter with key, host and method; mark the token with the peer. */
    final Probe begun = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            return self == null || ClientCalls.nested() ? null : calls.begin(self, (String) a, (String) b);
        }

        @Override
        public void mark(@Nullable Object self, long value) {
            if (self instanceof OpenCall) {
                ((OpenCall) self).peer(value);
            }
        }
    };

    /** Enter with key and method, where that is known later. */
    final Probe named = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self != null && a != null) {
                calls.method(self, (String) a);
            }
            return null;
        }
    };

    /** Mark the key with the status; with several answers the last counts. */
    final Probe answered = new Probe() {
        @Override
        public void mark(@Nullable Object self, long value) {
            if (self != null) {
                calls.headers(self, (int) value);
            }
        }
    };

    /** Enter with the key: the reply is complete. */
    final Probe completed = dropped(null);

    /** Enter with the key: the application gave the call up. */
    final Probe cancelled = dropped(ClientCalls.CANCELLED);

    /** Enter with the key's alias: the application gave the call up. */
    final Probe cancelledByAlias = new Probe() {
        @Override
        public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
            if (self != null) {
                calls.endByAlias(self, ClientCalls.CANCELLED);
            }
            return null;
        }
    };

    /** Exit with the key and the failure. */
    final Probe failed = new Probe() {
        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            calls.end(token, ClientCalls.errorType(thrown));
        }
    };

    KeyedCalls(ClientCalls calls) {
        this.calls = calls;
    }

    /** Enter with the key: it is over in this way, if it is not over yet. */
    Probe dropped(@Nullable String errorType) {
        return new Probe() {
            @Override
            public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
                if (self != null) {
                    calls.end(self, errorType);
                }
                return null;
            }
        };
    }
}
