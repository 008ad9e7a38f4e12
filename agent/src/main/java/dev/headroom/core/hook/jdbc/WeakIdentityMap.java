package dev.headroom.core.hook.jdbc;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What we know about objects of the application, which it neither keeps alive nor asks for equals or hashCode. Holds at most
 * {@code max} entries; beyond that, what comes is not remembered.
 *
 * <p>Thread-safe. {@link #get} and {@link #remove} allocate nothing and take no lock that others hold for long; only
 * {@link #purge}, for the agent's thread, removes what was collected.
 */
final class WeakIdentityMap<V> {
    private final ConcurrentHashMap<Object, V> map = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final int max;

    WeakIdentityMap(int max) {
        this.max = max;
    }

    @Nullable
    V get(Object key, Lookup lookup) {
        lookup.aim(key);
        try {
            return map.get(lookup);
        } finally {
            lookup.release();
        }
    }

    void put(Object key, V value) {
        if (map.mappingCount() < max) {
            map.put(new Key(key, collected), value);
        }
    }

    @Nullable
    V remove(Object key, Lookup lookup) {
        lookup.aim(key);
        try {
            return map.remove(lookup);
        } finally {
            lookup.release();
        }
    }

    boolean isEmpty() {
        return map.isEmpty();
    }

    int size() {
        return map.size();
    }

    /** Forgets what was collected. */
    void purge() {
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            map.remove(gone);
        }
    }

    /** A reusable key to look up with. Each thread has its own. */
    static final class Lookup {
        private @Nullable Object aim;
        private int hash;

        void aim(Object key) {
            aim = key;
            hash = System.identityHashCode(key);
        }

        void release() {
            aim = null;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key && ((Key) other).get() == aim;
        }
    }

    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object referent, ReferenceQueue<Object> queue) {
            super(referent, queue);
            this.hash = System.identityHashCode(referent);
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
            return own != null && other instanceof Key && own == ((Key) other).get();
        }
    }
}
