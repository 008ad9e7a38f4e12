package dev.headroom.core.hook;

import org.jspecify.annotations.Nullable;

/**
 * The agent's side of a hook: gets JDK types from advice through the bridge, on the application's thread. Implementations are
 * thread-safe, allocate nothing in steady state and may throw: the dispatcher swallows, counts, and switches the hook off after
 * ten failures.
 */
public abstract class Probe {
    /** @return a token for {@link #exit}, or null when there is nothing to end */
    public @Nullable Object enter(@Nullable Object self, @Nullable Object a, @Nullable Object b) {
        return null;
    }

    /** @param token what {@link #enter} returned */
    public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {}

    public void mark(@Nullable Object self, long value) {}
}
