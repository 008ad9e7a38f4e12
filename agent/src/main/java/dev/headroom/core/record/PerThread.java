package dev.headroom.core.record;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One value of ours for each thread of the application, as {@link ThreadLocal} has it, but one that {@link #letGo} takes back from
 * every thread. A thread's own table would hold the value, its class and with it the agent's whole loader for as long as the
 * thread lives, long after a detach: so the table holds an array of the JDK's, and that is emptied.
 *
 * <p>Thread-safe. {@link #get} allocates at a thread's first call only.
 */
public abstract class PerThread<T> {
    private static final Set<Holding> HOLDINGS = ConcurrentHashMap.newKeySet();
    private static final ReferenceQueue<Object[]> DEAD = new ReferenceQueue<>();
    private static volatile boolean over;

    @SuppressWarnings("ThreadLocalUsage") // as long-lived as the agent, like this object itself
    private final ThreadLocal<@Nullable Object[]> holders = new ThreadLocal<>();

    /** The value for a thread that has none. */
    protected abstract T initial();

    /** The calling thread's value. */
    @SuppressWarnings("unchecked") // only what initial() made is put there
    public final T get() {
        @Nullable Object[] holder = holders.get();
        Object value = holder == null ? null : holder[0];
        return value == null ? first() : (T) value;
    }

    private T first() {
        T value = initial();
        if (!over) {
            purge();
            @Nullable Object[] holder = {value};
            HOLDINGS.add(new Holding(holder));
            holders.set(holder);
        }
        return value;
    }

    /** Forgets the places of threads that ended. */
    private static void purge() {
        for (Reference<?> gone = DEAD.poll(); gone != null; gone = DEAD.poll()) {
            HOLDINGS.remove(gone);
        }
    }

    /** Takes every value back from every thread, for good. For the end of the agent, when nothing is measured any more. */
    public static void letGo() {
        over = true;
        for (Holding holding : HOLDINGS) {
            @Nullable Object[] holder = holding.get();
            if (holder != null) {
                holder[0] = null;
            }
        }
        HOLDINGS.clear();
    }

    /** Where a thread's value is. Equal to itself only. */
    private static final class Holding extends WeakReference<@Nullable Object[]> {
        Holding(@Nullable Object[] holder) {
            super(holder, DEAD);
        }
    }
}
