package dev.headroom.core.hook.redis;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Carries what a reply said about lookups from the thread that decoded it to the one that waits for it. A command overwritten by
 * another before anybody asked is lost, to the request's account only. Thread-safe.
 */
final class RecentLookups {
    private static final int SLOTS = 1024;
    private static final long MOST = 0xFFFF;

    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);
    private final AtomicIntegerArray awaited = new AtomicIntegerArray(SLOTS);

    /** What was timed of them. */
    final RecentCalls calls = new RecentCalls();

    /** A thread is about to wait for the command, and will tell its request of it. */
    void await(int identity) {
        awaited.set(identity & (SLOTS - 1), identity);
    }

    /** Whether one does, as far as is known: of two commands in one place only the later one is. */
    boolean isAwaited(int identity) {
        return awaited.get(identity & (SLOTS - 1)) == identity;
    }

    void put(int identity, long lookups) {
        if (lookups != 0) {
            long hits = Math.min(MOST, Answer.hits(lookups));
            long misses = Math.min(MOST, Answer.misses(lookups));
            slots.lazySet(identity & (SLOTS - 1), (long) identity << 32 | hits << 16 | misses);
        }
    }

    /** As {@link Answer#lookups} gave it; 0 when nothing is known. The thread waits no more. */
    long take(int identity) {
        int at = identity & (SLOTS - 1);
        awaited.compareAndSet(at, identity, 0);
        long found = slots.get(at);
        if ((int) (found >>> 32) != identity || !slots.compareAndSet(at, found, 0)) {
            return 0;
        }
        return (found >>> 16 & MOST) << 32 | (found & MOST);
    }
}
