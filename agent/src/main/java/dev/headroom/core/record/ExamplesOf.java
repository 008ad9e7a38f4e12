package dev.headroom.core.record;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The examples of one route, or of one shape of calls, since the last drain: for each reason the slowest, and one of the others at
 * random. Thread-safe without locks: of two that come at once one may be passed over that should have been kept.
 */
final class ExamplesOf {
    private static final Example.Reason[] REASONS = Example.Reason.values();

    /** Kept and replaced in one window. */
    private static final int MOST_IN_WINDOW = 20;

    private static final double PER_MINUTE = 6;
    private static final double MOST_AT_ONCE = 6;
    private static final long NORMAL_NANOS = 60_000_000_000L;
    private static final long IDLE_NANOS = 600_000_000_000L;

    private final Kept[] kept = new Kept[REASONS.length];
    private volatile boolean normalSeen;
    private volatile long normalNanos;
    private long usedNanos;
    private boolean drained;

    ExamplesOf() {
        for (int i = 0; i < kept.length; i++) {
            kept[i] = new Kept();
        }
    }

    @SuppressWarnings("EnumOrdinal") // a place in an array of this object's
    private Kept of(Example.Reason reason) {
        return kept[reason.ordinal()];
    }

    /** @param random any number from 0 to 2^20 */
    boolean admits(Example.Reason reason, long nanos, int random) {
        Kept of = of(reason);
        int seen = of.seen.incrementAndGet();
        Example slowest = of.slowest.get();
        return of.put.get() < MOST_IN_WINDOW
                && (slowest == null || nanos > slowest.nanos || of.other.get() == null || random % seen == 0);
    }

    /** @return what was kept before in its place */
    @Nullable
    Example put(Example example) {
        Kept of = of(example.reason);
        of.put.incrementAndGet();
        Example slowest = of.slowest.get();
        if (slowest == null || example.nanos > slowest.nanos) {
            if (of.slowest.compareAndSet(slowest, example)) {
                return slowest == null || of.other.compareAndSet(null, slowest) ? null : slowest;
            }
        }
        return of.other.getAndSet(example);
    }

    /** Whether a normal request is wanted: one a minute. */
    boolean wantsNormal(long nowNanos) {
        return !normalSeen || nowNanos - normalNanos >= NORMAL_NANOS;
    }

    void normalKept(long nowNanos) {
        normalNanos = nowNanos;
        normalSeen = true;
    }

    /**
     * Adds what is kept as far as it is not too much. For the agent's thread.
     *
     * @return how many it was too much by
     */
    int drainInto(List<Example> into, long nowNanos) {
        int before = into.size();
        int surplus = 0;
        for (Kept each : kept) {
            if (!drained) {
                each.drainedNanos = nowNanos;
            }
            surplus += each.drainInto(into, nowNanos);
        }
        if (!drained || into.size() > before || surplus > 0) {
            usedNanos = nowNanos;
        }
        drained = true;
        return surplus;
    }

    boolean idleFor(long nowNanos) {
        return nowNanos - usedNanos >= IDLE_NANOS;
    }

    /** Of one reason. */
    private static final class Kept {
        final AtomicReference<@Nullable Example> slowest = new AtomicReference<>();
        final AtomicReference<@Nullable Example> other = new AtomicReference<>();
        final AtomicInteger seen = new AtomicInteger();
        final AtomicInteger put = new AtomicInteger();
        double allowed = MOST_AT_ONCE;
        long drainedNanos;

        int drainInto(List<Example> into, long nowNanos) {
            allowed = Math.min(MOST_AT_ONCE, allowed + PER_MINUTE * (nowNanos - drainedNanos) / 60e9);
            drainedNanos = nowNanos;
            Example first = slowest.getAndSet(null);
            Example second = other.getAndSet(null);
            seen.set(0);
            put.set(0);
            int surplus = 0;
            for (Example each : new Example[] {first, second}) {
                if (each != null && allowed >= 1) {
                    allowed--;
                    into.add(each);
                } else if (each != null) {
                    surplus++;
                }
            }
            return surplus;
        }
    }
}
