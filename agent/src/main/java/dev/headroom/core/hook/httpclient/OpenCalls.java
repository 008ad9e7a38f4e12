package dev.headroom.core.hook.httpclient;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are begun and not ended, by the identity of a library's object, which is never held. Any thread opens and claims; who
 * claims a call ends it, so that it ends once. Places are used again: in steady state nothing is allocated. When there is no place
 * left a call is not opened.
 *
 * <p>Two objects alive at once may share an identity, one pair among 2^31: their calls would end as each other.
 */
final class OpenCalls {
    private static final int SMALLEST = 64;
    private static final int LEVELS = 9;
    private static final int PROBES = 8;
    /** Looks at a place that somebody holds before the processor is offered to him, and offers before he is given up as dead. */
    private static final int SPINS = 200;

    private static final int OFFERS = 20_000;

    /** Each level has twice the places of the one before; the later ones are made when they are needed. */
    private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable OpenCall>> levels =
            new AtomicReferenceArray<>(LEVELS);

    private final AtomicInteger open = new AtomicInteger();

    /** What ends calls that will not end themselves. */
    interface Sweep {
        /**
         * Asked twice: while others may end the call or use its place for another one, then, if it said yes, while the caller holds it.
         *
         * @return whether the call is to be ended
         */
        boolean over(OpenCall call);

        /** The call is over. */
        void end(OpenCall call);
    }

    /** What a key is known by: positive. */
    static int identity(Object key) {
        int hash = System.identityHashCode(key);
        return hash == 0 ? 1 : hash;
    }

    /** A place for a call of that identity, held by the caller until {@link #publish}; null when there is none. */
    @Nullable
    OpenCall open(int identity) {
        for (int level = 0; level < LEVELS; level++) {
            AtomicReferenceArray<@Nullable OpenCall> places = places(level);
            int mask = places.length() - 1;
            for (int i = 0; i < PROBES; i++) {
                OpenCall place = places.get((identity + i) & mask);
                if (place != null && place.owner() == 0 && place.take(0, -identity)) {
                    open.incrementAndGet();
                    return place;
                }
            }
        }
        return null;
    }

    private AtomicReferenceArray<@Nullable OpenCall> places(int level) {
        AtomicReferenceArray<@Nullable OpenCall> places = levels.get(level);
        if (places == null) {
            levels.compareAndSet(level, null, filled(SMALLEST << level));
            places = levels.get(level);
        }
        if (places == null) {
            throw new IllegalStateException("level " + level + " was just made");
        }
        return places;
    }

    /** All at once: identities are random, so places made one by one would be made for a long time. */
    private static AtomicReferenceArray<@Nullable OpenCall> filled(int size) {
        AtomicReferenceArray<@Nullable OpenCall> places = new AtomicReferenceArray<>(size);
        for (int i = 0; i < size; i++) {
            places.lazySet(i, new OpenCall());
        }
        return places;
    }

    /** From here on others find the call. */
    void publish(OpenCall held) {
        held.give(-held.owner());
    }

    /** The call of that identity, held by the caller until {@link #free} or {@link #publish}; null when there is none any more. */
    @Nullable
    OpenCall claim(int identity) {
        if (open.get() == 0) {
            return null;
        }
        for (int level = 0; level < LEVELS; level++) {
            AtomicReferenceArray<@Nullable OpenCall> places = levels.get(level);
            if (places == null) {
                return null;
            }
            int mask = places.length() - 1;
            for (int i = 0; i < PROBES; i++) {
                OpenCall place = places.get((identity + i) & mask);
                if (place != null && taken(place, identity)) {
                    return place;
                }
            }
        }
        return null;
    }

    /** Who holds it meanwhile writes a few fields; if he is not running, he needs the processor that we have. */
    private static boolean taken(OpenCall place, int identity) {
        for (int i = 0; i < SPINS + OFFERS; i++) {
            int owner = place.owner();
            if (owner == identity && place.take(identity, -identity)) {
                return true;
            }
            if (owner != -identity && owner != identity) {
                return false;
            }
            if (i >= SPINS) {
                giveWay();
            }
        }
        return false;
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void giveWay() {
        Thread.yield();
    }

    /** The place of a call that ended. */
    void free(OpenCall held) {
        held.host = null;
        held.method = null;
        held.template = null;
        held.behalf.forget();
        open.decrementAndGet();
        held.give(0);
    }

    /** Calls open. */
    int size() {
        return open.get();
    }

    /** Ends those that are over; for the agent's thread, which keeps nobody from the others meanwhile. */
    void sweep(Sweep sweep) {
        for (int level = 0; level < LEVELS; level++) {
            AtomicReferenceArray<@Nullable OpenCall> places = levels.get(level);
            for (int i = 0; places != null && i < places.length(); i++) {
                OpenCall place = places.get(i);
                int owner = place == null ? 0 : place.owner();
                if (place != null && owner > 0 && sweep.over(place) && place.take(owner, -owner)) {
                    sweepHeld(place, sweep);
                }
            }
        }
    }

    private void sweepHeld(OpenCall held, Sweep sweep) {
        if (sweep.over(held)) {
            try {
                sweep.end(held);
            } finally {
                free(held);
            }
        } else {
            publish(held);
        }
    }
}
