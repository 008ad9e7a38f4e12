package dev.headroom.core.hook.pool;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Since when each pooled connection is in use, by identity of the pool's own entry, which lives as long as the connection. Holds
 * entries weakly.
 *
 * <p>Thread-safe; borrowing and giving back a connection known already allocates nothing.
 */
final class PoolUse {
    private static final int MAX_ENTRIES = 20_000;

    private final ConcurrentHashMap<Object, Entry> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

    @SuppressWarnings(
            "ThreadLocalUsage") // One hook for the life of the JVM; no statics that hold state, no lambda at start-up.
    private final ThreadLocal<Lookup> lookups = new ThreadLocal<Lookup>() {
        @Override
        protected Lookup initialValue() {
            return new Lookup();
        }
    };

    void borrowed(Object pooled, long nowNanos) {
        Entry entry = find(pooled);
        if (entry == null) {
            if (entries.mappingCount() >= MAX_ENTRIES) {
                return;
            }
            entry = new Entry(pooled, collected);
            entries.put(entry, entry);
        }
        entry.sinceNanos = nowNanos;
        entry.inUse = true;
    }

    /** Nanoseconds in use, or -1 when it was not seen being borrowed. */
    long returned(Object pooled, long nowNanos) {
        Entry entry = find(pooled);
        if (entry == null || !entry.inUse) {
            return -1;
        }
        entry.inUse = false;
        return nowNanos - entry.sinceNanos;
    }

    private @Nullable Entry find(Object pooled) {
        Lookup lookup = lookups.get();
        lookup.aim = pooled;
        lookup.hash = System.identityHashCode(pooled);
        try {
            return entries.get(lookup);
        } finally {
            lookup.aim = null;
        }
    }

    /** Forgets connections that are gone; for the agent's thread. */
    void purge() {
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            entries.remove(gone);
        }
    }

    private static final class Lookup {
        private @Nullable Object aim;
        private int hash;

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry && ((Entry) other).get() == aim;
        }
    }

    /** One connection of a pool. The pool hands it to one thread at a time, and publishes it between them. */
    private static final class Entry extends WeakReference<Object> {
        private final int hash;
        private volatile long sinceNanos;
        private volatile boolean inUse;

        Entry(Object pooled, ReferenceQueue<Object> queue) {
            super(pooled, queue);
            this.hash = System.identityHashCode(pooled);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            Object own = get();
            return own != null && other instanceof Entry && own == ((Entry) other).get();
        }
    }
}
