package dev.headroom.core.hook;

import dev.headroom.core.record.PerThread;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a hook knows about an application's object, for as long as that object lives and without keeping it alive. Keys compare
 * by identity, so no code of the application runs. Values must not refer to their key.
 *
 * <p>Thread-safe. Looking up and removing allocate nothing; only {@link #purge}, for the agent's thread, forgets what was collected.
 */
public final class WeakIdentityMap<V> {
    private static final PerThread<Lookup> LOOKUP = new PerThread<Lookup>() {
        @Override
        protected Lookup initial() {
            return new Lookup();
        }
    };

    private final ConcurrentHashMap<Object, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> dead = new ReferenceQueue<>();
    private final int maxEntries;

    /** @param maxEntries objects beyond are not remembered */
    public WeakIdentityMap(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    public @Nullable V get(Object key) {
        return get(key, LOOKUP.get());
    }

    /** @param lookup the calling thread's own, where it has one at hand */
    public @Nullable V get(Object key, Lookup lookup) {
        lookup.aim(key);
        try {
            return values.get(lookup);
        } finally {
            lookup.release();
        }
    }

    /** Remembers the value, or nothing when the map is full. */
    public void put(Object key, V value) {
        if (values.size() < maxEntries) {
            values.put(new Weak(key, dead), value);
        }
    }

    /** Keeps an earlier value; returns the one that is kept, or null when the map is full. */
    public @Nullable V putIfAbsent(Object key, V value) {
        if (values.size() >= maxEntries) {
            return get(key);
        }
        V earlier = values.putIfAbsent(new Weak(key, dead), value);
        return earlier == null ? value : earlier;
    }

    public @Nullable V remove(Object key) {
        return remove(key, LOOKUP.get());
    }

    /** @param lookup the calling thread's own, where it has one at hand */
    public @Nullable V remove(Object key, Lookup lookup) {
        lookup.aim(key);
        try {
            return values.remove(lookup);
        } finally {
            lookup.release();
        }
    }

    /** Forgets objects that are gone. */
    public void purge() {
        for (Reference<?> gone = dead.poll(); gone != null; gone = dead.poll()) {
            values.remove(gone);
        }
    }

    /** What is known of all of them. */
    public Collection<V> values() {
        return values.values();
    }

    /** Forgets everything. */
    public void clear() {
        values.clear();
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Objects remembered, those included that are gone and not yet purged. */
    public int size() {
        return values.size();
    }

    /**
     * A key to look up with, used by one thread at a time: {@link ConcurrentHashMap} asks it, not the stored key, whether they are
     * equal.
     */
    public static final class Lookup {
        private @Nullable Object aim;
        private int hash;

        private void aim(Object key) {
            aim = key;
            hash = System.identityHashCode(key);
        }

        private void release() {
            aim = null;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object stored) {
            return stored instanceof Weak && ((Weak) stored).get() == aim;
        }
    }

    private static final class Weak extends WeakReference<Object> {
        private final int hash;

        Weak(Object key, ReferenceQueue<Object> queue) {
            super(key, queue);
            hash = System.identityHashCode(key);
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
            Object key = get();
            return key != null && other instanceof Weak && ((Weak) other).get() == key;
        }
    }
}
