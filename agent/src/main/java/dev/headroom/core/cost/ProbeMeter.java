package dev.headroom.core.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How often each hook is called, and how long its probes take, from one call in so many: the distance to the next sample is drawn
 * anew each time, so that it meets no rhythm of the application. A sample is the time in {@code enter} and, when the token it gave
 * comes back while it is remembered, in {@code exit}; what a call does between them is the application's.
 *
 * <p>Thread-safe. A call that is not sampled costs an addition to a cell that few threads share, about a nanosecond, and allocates
 * nothing. The addition is not atomic: when two threads of one cell meet, one count may be lost. These counts are about cost; what
 * is counted of the application does not depend on them.
 */
public final class ProbeMeter {
    /** Distances between samples, on average. A hook that was quiet in the last window is sampled more densely. */
    static final int DENSEST = 64;

    static final int SPARSEST = 1_024;

    private static final int WANTED_SAMPLES = 128;
    private static final int STRIPES = stripes(Runtime.getRuntime().availableProcessors());
    private static final int SHIFT = 64 - Integer.numberOfTrailingZeros(STRIPES);

    /** A count and the count at which the next sample is due. */
    private static final int CELL = 2;

    private static final int CACHE_LINE = 8;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final List<String> hooks;
    private final int[] hookOf;
    private final long[] cells;
    private final int row;
    private final int[] distances;
    private final Samples[] samples;

    private final AtomicInteger awaitedLock = new AtomicInteger();
    private @Nullable Object awaited;
    private int awaitedHook;
    private long awaitedNanos;

    /** @param hookName name of the hook to which a join point belongs */
    public ProbeMeter(int joinPoints, IntFunction<String> hookName) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        hookOf = new int[joinPoints];
        for (int point = 0; point < joinPoints; point++) {
            String name = hookName.apply(point);
            numbers.putIfAbsent(name, numbers.size());
            hookOf[point] = CELL * numbers.get(name);
        }
        hooks = new ArrayList<>(numbers.keySet());
        row = (CELL * hooks.size() / CACHE_LINE + 2) * CACHE_LINE;
        cells = new long[STRIPES * row];
        distances = new int[hooks.size()];
        samples = new Samples[hooks.size()];
        for (int hook = 0; hook < samples.length; hook++) {
            samples[hook] = new Samples();
            distances[hook] = SPARSEST;
            for (int stripe = 0; stripe < STRIPES; stripe++) {
                // The very first calls load classes and run uncompiled.
                cells[stripe * row + CELL * hook + 1] = DENSEST;
            }
        }
    }

    private static int stripes(int processors) {
        int stripes = 4;
        while (stripes < 4 * processors && stripes < 64) {
            stripes <<= 1;
        }
        return stripes;
    }

    /** Counts a call through the join point; true when it is to be timed. */
    public boolean count(int point) {
        int at = cell(point);
        long count = cells[at] + 1;
        cells[at] = count;
        return count >= cells[at + 1];
    }

    private int cell(int point) {
        return (int) ((Thread.currentThread().getId() * GOLDEN) >>> SHIFT) * row + hookOf[point];
    }

    /**
     * What {@code enter} took for a call that was to be timed.
     *
     * @param token what it returned, if that is to come back
     */
    public void entered(int point, long nanos, @Nullable Object token) {
        int at = cell(point);
        int hook = hookOf[point] / CELL;
        long draw = ((cells[at] ^ (nanos << 20)) * GOLDEN) >>> 32;
        cells[at + 1] = cells[at] + 1 + (draw & (2L * distances[hook] - 1));
        if (token == null) {
            samples[hook].add(nanos, 1);
        } else if (awaitedLock.compareAndSet(0, 1)) {
            awaitedHook = hook;
            awaitedNanos = nanos;
            awaited = token;
            awaitedLock.set(0);
        }
    }

    /** Whether the token is of a call whose {@code exit} is to be timed. */
    public boolean awaits(Object token) {
        return token == awaited;
    }

    /** What {@code exit} took for a token that was awaited. */
    public void left(Object token, long nanos) {
        if (awaitedLock.compareAndSet(0, 1)) {
            boolean same = awaited == token;
            int hook = awaitedHook;
            long total = awaitedNanos + nanos;
            if (same) {
                awaited = null;
            }
            awaitedLock.set(0);
            if (same) {
                samples[hook].add(total, 2);
            }
        }
    }

    /** What each hook was asked and took since the last call, hooks never called being left out. For the agent's thread. */
    public List<HookCost> drain(double clockNanos) {
        awaited = null;
        List<HookCost> costs = new ArrayList<>();
        for (int hook = 0; hook < samples.length; hook++) {
            long calls = 0;
            for (int stripe = 0; stripe < STRIPES; stripe++) {
                calls += cells[stripe * row + CELL * hook];
            }
            Samples of = samples[hook];
            long since = Math.max(0, calls - of.callsDrained);
            of.callsDrained = calls;
            double mean = of.mean(clockNanos);
            int distance = DENSEST;
            while (distance < SPARSEST && (long) distance * WANTED_SAMPLES < since) {
                distance <<= 1;
            }
            distances[hook] = distance;
            bringNearer(hook, distance);
            if (calls > 0) {
                costs.add(new HookCost(hooks.get(hook), since, mean));
            }
        }
        return costs;
    }

    /** The probes do something else from here on: what was sampled of them says nothing any more. For the agent's thread. */
    public void forget() {
        for (Samples of : samples) {
            of.forget();
        }
    }

    /** A sample drawn for a busier time would be long in coming. A call that draws at this moment may win or lose: both are well. */
    private void bringNearer(int hook, int distance) {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            int at = stripe * row + CELL * hook;
            if (cells[at + 1] - cells[at] > 2L * distance) {
                cells[at + 1] = cells[at] + distance;
            }
        }
    }

    /** What was sampled of one hook. */
    private static final class Samples {
        private static final int COUNT = 0;
        private static final int SUM = 1;
        private static final int CLOCK_READS = 2;
        private static final int MAX = 3;

        /** Fewer say nothing. */
        private static final int FEWEST = 4;

        private static final int ENOUGH = 32;

        private final AtomicLongArray drawn = new AtomicLongArray(4);

        // For the agent's thread.
        private final long[] gathered = new long[4];
        private double mean;
        long callsDrained;

        /** @param reads parts that were timed, each with the cost of one clock read */
        void add(long nanos, int reads) {
            drawn.incrementAndGet(COUNT);
            drawn.addAndGet(SUM, nanos);
            drawn.addAndGet(CLOCK_READS, reads);
            long max = drawn.get(MAX);
            while (nanos > max && !drawn.compareAndSet(MAX, max, nanos)) {
                max = drawn.get(MAX);
            }
        }

        void forget() {
            for (int i = 0; i < gathered.length; i++) {
                drawn.set(i, 0);
                gathered[i] = 0;
            }
            mean = 0;
        }

        /**
         * Nanoseconds of a call. The longest sample is left out: a thread that lost its processor just then would multiply its
         * pause by all calls it stands for. Few samples are gathered over several windows.
         */
        double mean(double clockNanos) {
            if (gathered[COUNT] >= ENOUGH) {
                Arrays.fill(gathered, 0);
            }
            gathered[COUNT] += drawn.getAndSet(COUNT, 0);
            gathered[SUM] += drawn.getAndSet(SUM, 0);
            gathered[CLOCK_READS] += drawn.getAndSet(CLOCK_READS, 0);
            gathered[MAX] = Math.max(gathered[MAX], drawn.getAndSet(MAX, 0));
            if (gathered[COUNT] >= FEWEST) {
                double reads = clockNanos * gathered[CLOCK_READS] / gathered[COUNT];
                mean = Math.max(0, (double) (gathered[SUM] - gathered[MAX]) / (gathered[COUNT] - 1) - reads);
            }
            return mean;
        }
    }
}
