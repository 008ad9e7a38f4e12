package dev.headroom.core.hook.httpserver;

import dev.headroom.core.hook.Probe;
import org.jspecify.annotations.Nullable;

/**
 * An answer is about to be committed: first with what the request is known by, to ask whether it is to say where the time went, then with
 * the token and what it says of caches, for the values of the headers. Thread-safe.
 */
final class CommittedAnswer extends Probe {
    private final Exchanges exchanges;

    CommittedAnswer(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    @Override
    public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
        return self instanceof Served ? exchanges.timing((Served) self, (String) a) : exchanges.telling(self);
    }
}
