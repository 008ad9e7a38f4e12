package dev.headroom.core.hook.redis;

import dev.headroom.core.record.RequestScope;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Commands that one connection sent and that are not answered, oldest first, each known by the identity of the library's command
 * object, which is never held. The connection's own thread adds and removes; any thread may {@link #claim} a command that was
 * given up. Who claims a command records it, so that it is recorded once. A ring that grows to {@link #MAX}.
 */
final class InFlight {
    static final int MAX = 1 << 16;
    private static final int SMALL = 16;

    private volatile Ring ring = new Ring(SMALL);
    private int oldest;
    private int size;

    /**
     * @param promise the identity by which {@link #claim} knows it
     * @param sent for whom it is, and how large the value is that it writes
     * @return false when there are too many
     */
    boolean add(int identity, int promise, CommandSeries series, int facts, long startNanos, Sending<?> sent) {
        Ring in = ring;
        if (size == in.capacity()) {
            if (size == MAX) {
                return false;
            }
            in = in.moved(oldest);
            ring = in;
            oldest = 0;
        }
        int at = (oldest + size) & (in.capacity() - 1);
        in.askers[at] = sent.asker;
        in.callers[at] = sent.caller;
        in.set(at, identity, promise, series, facts, startNanos, sent.valueBytes);
        size++;
        return true;
    }

    /** More or fewer facts of the one that was added last. */
    void newest(int more, int fewer) {
        if (size > 0) {
            Ring in = ring;
            int at = (oldest + size - 1) & (in.capacity() - 1);
            in.facts[at] = (in.facts[at] | more) & ~fewer;
        }
    }

    /** Of the oldest. */
    int identity() {
        return ring.known[oldest];
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Whether a command of this identity is waiting, claimed or not; those sent before it are put aside, they get no answer any more. */
    int position(int identity) {
        Ring in = ring;
        for (int i = 0; i < size; i++) {
            if (in.known[(oldest + i) & (in.capacity() - 1)] == identity) {
                return i;
            }
        }
        return -1;
    }

    CommandSeries series() {
        return ring.series(oldest);
    }

    int facts() {
        return ring.facts[oldest];
    }

    long startNanos() {
        return ring.starts[oldest];
    }

    int writtenBytes() {
        return ring.written[oldest];
    }

    @Nullable
    RequestScope asker() {
        return ring.askers[oldest];
    }

    @Nullable
    String caller() {
        return ring.callers[oldest];
    }

    /** Takes the oldest off; whether nobody claimed it before. */
    boolean remove() {
        Ring in = ring;
        boolean ours = in.open.getAndSet(oldest, 0) != 0;
        in.commands[oldest] = null;
        in.askers[oldest] = null;
        in.callers[oldest] = null;
        oldest = (oldest + 1) & (in.capacity() - 1);
        size--;
        return ours;
    }

    /** From any thread: takes the command of this identity for the caller to record; it stays in its place. */
    boolean claim(int identity, Claimed claimed) {
        for (Ring in = ring; ; ) {
            for (int i = 0; i < in.capacity(); i++) {
                if (in.open.get(i) == identity) {
                    CommandSeries series = in.commands[i];
                    int facts = in.facts[i];
                    long startNanos = in.starts[i];
                    RequestScope asker = in.askers[i];
                    String caller = in.callers[i];
                    if (series != null && in.open.compareAndSet(i, identity, 0)) {
                        claimed.series = series;
                        claimed.asker = asker;
                        claimed.caller = caller;
                        claimed.facts = facts;
                        claimed.startNanos = startNanos;
                        return true;
                    }
                }
            }
            Ring now = ring;
            if (now == in) {
                return false;
            }
            in = now;
        }
    }

    /** A command taken by {@link #claim}. */
    static final class Claimed {
        @Nullable
        CommandSeries series;

        @Nullable
        RequestScope asker;

        @Nullable
        String caller;

        int facts;
        long startNanos;
    }

    /** The fields of a place are written before its {@code open}, by which other threads find them. */
    private static final class Ring {
        final int[] known;
        final @Nullable CommandSeries[] commands;
        final int[] facts;
        final long[] starts;
        final int[] written;
        final @Nullable RequestScope[] askers;
        final @Nullable String[] callers;
        final AtomicIntegerArray open;

        Ring(int capacity) {
            known = new int[capacity];
            commands = new CommandSeries[capacity];
            facts = new int[capacity];
            starts = new long[capacity];
            written = new int[capacity];
            askers = new RequestScope[capacity];
            callers = new String[capacity];
            open = new AtomicIntegerArray(capacity);
        }

        int capacity() {
            return known.length;
        }

        CommandSeries series(int at) {
            CommandSeries series = commands[at];
            if (series == null) {
                throw new IllegalStateException("no command waits for an answer");
            }
            return series;
        }

        void set(
                int at,
                int identity,
                int promise,
                CommandSeries series,
                int itsFacts,
                long startNanos,
                int writtenBytes) {
            known[at] = identity;
            commands[at] = series;
            facts[at] = itsFacts;
            starts[at] = startNanos;
            written[at] = writtenBytes;
            open.lazySet(at, promise);
        }

        /** A larger one. What is claimed from here meanwhile is claimed there. */
        Ring moved(int oldest) {
            Ring larger = new Ring(capacity() * 2);
            for (int i = 0; i < capacity(); i++) {
                int at = (oldest + i) & (capacity() - 1);
                int promise = open.getAndSet(at, 0);
                larger.askers[i] = askers[at];
                larger.callers[i] = callers[at];
                larger.set(i, known[at], promise, series(at), facts[at], starts[at], written[at]);
            }
            return larger;
        }
    }
}
