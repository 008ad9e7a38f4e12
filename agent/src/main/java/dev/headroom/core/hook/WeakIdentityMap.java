package dev.headroom.core.hook;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a hook knows about an application's object, for as long as that object lives and without keeping it alive. Keys compare
 * by identity, so no code of the application runs. Values must not refer to their key. Thread-safe; {@link #get} allocates
 * nothing; {@link #purge} is for the agent's thread.
 */
public final class WeakIdentityMap<V> {
    private static final ThreadLocal<Probing> PROBING = ThreadLocal.withInitial(Probing::new);

    private final ConcurrentHashMap<Object, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> dead = new ReferenceQueue<>();
    private final int maxEntries;

    /** @param maxEntries objects beyond are not remembered */
    public WeakIdentityMap(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    public @Nullable V get(Object key) {
        Probing probing = PROBING.get();
        probing.key = key;
        V value = values.get(probing);
        probing.key = null;
        return value;
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
        Probing probing = PROBING.get();
        probing.key = key;
        V value = values.remove(probing);
        probing.key = null;
        return value;
    }

    /** Forgets objects that are gone. */
    public void purge() {
        for (Reference<?> gone = dead.poll(); gone != null; gone = dead.poll()) {
            values.remove(gone);
        }
    }

    /** Objects remembered, those included that are gone and not yet purged. */
    public int size() {
        return values.size();
    }

    /** A key to look up with, one per thread: {@link ConcurrentHashMap} asks it, not the stored key, whether they are equal. */
    private static final class Probing {
        @Nullable
        Object key;

        @Override
        public int hashCode() {
            return System.identityHashCode(key);
        }

        @Override
        public boolean equals(Object stored) {
            return stored instanceof Weak && ((Weak) stored).get() == key;
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
