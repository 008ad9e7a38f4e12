package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.Getters;
import org.jspecify.annotations.Nullable;

/**
 * What one library's pools can be asked: their name, when they are first seen, and how full they are, once per window. Public methods,
 * called by reflection; never on the way of a borrower but for the first one of a pool. Stateless and thread-safe.
 */
abstract class PoolLibrary {
    /** In the place of a number that the library does not tell. */
    static final int UNKNOWN = -1;

    /** Connections that are out. */
    abstract int used(Pool pool);

    abstract int idle(Pool pool);

    /** Threads that wait for a connection. */
    abstract int waiting(Pool pool);

    /** Most connections there may be. */
    abstract int max(Pool pool);

    /**
     * A name that is the same after a restart.
     *
     * @param config what the advice handed over beside the pool
     */
    abstract String name(Object pool, @Nullable Object config);

    /** Whether a borrower that got this had waited in vain, or found the pool exhausted. */
    abstract boolean timedOut(Throwable thrown);

    static @Nullable Object ask(@Nullable Object target, String method) {
        return Getters.ask(target, method);
    }

    static int number(@Nullable Object target, String method) {
        return (int) Math.max(UNKNOWN, Math.min(Getters.number(target, method), Integer.MAX_VALUE));
    }

    static @Nullable String text(@Nullable Object target, String method) {
        return Getters.text(target, method);
    }
}
