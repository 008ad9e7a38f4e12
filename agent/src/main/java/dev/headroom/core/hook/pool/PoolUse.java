package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.Clock;

/**
 * Since when each pooled connection is in use, by identity of the pool's own entry, which lives as long as the connection.
 *
 * <p>Thread-safe; borrowing and giving back a connection known already allocates nothing.
 */
final class PoolUse {
    private static final int MAX_ENTRIES = 20_000;

    private final WeakIdentityMap<Use> uses = new WeakIdentityMap<>(MAX_ENTRIES);

    void borrowed(Object pooled, long nowNanos) {
        Use use = uses.get(pooled);
        if (use == null) {
            use = uses.putIfAbsent(pooled, new Use());
            if (use == null) {
                return;
            }
        }
        use.sinceNanos = nowNanos;
        use.inUse = true;
    }

    /** Nanoseconds in use, {@link Clock#UNTIMED} when either end was not timed, or -1 when it was not seen being borrowed. */
    long returned(Object pooled, long nowNanos) {
        Use use = uses.get(pooled);
        if (use == null || !use.inUse) {
            return -1;
        }
        use.inUse = false;
        return Clock.elapsed(use.sinceNanos, nowNanos);
    }

    /** Forgets every connection. */
    void forget() {
        uses.clear();
    }

    /** Forgets connections that are gone; for the agent's thread. */
    void purge() {
        uses.purge();
    }

    /** One connection of a pool. The pool hands it to one thread at a time, and publishes it between them. */
    private static final class Use {
        private volatile long sinceNanos;
        private volatile boolean inUse;
    }
}
