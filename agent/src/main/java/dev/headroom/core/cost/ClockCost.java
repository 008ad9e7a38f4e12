package dev.headroom.core.cost;

import java.util.function.LongSupplier;

/**
 * What one clock read adds to a time that is taken with two of them. Measured anew with every window, a few microseconds, until
 * the code is compiled and after: the smallest is kept, so that too little is subtracted rather than too much. For the agent's
 * thread only.
 */
final class ClockCost {
    private static final int READS = 200;

    private final LongSupplier clock;
    private double nanos = Double.MAX_VALUE;

    ClockCost(LongSupplier clock) {
        this.clock = clock;
    }

    double nanos() {
        long begin = clock.getAsLong();
        long end = begin;
        for (int i = 0; i < READS; i++) {
            end = clock.getAsLong();
        }
        nanos = Math.min(nanos, (double) (end - begin) / READS);
        return nanos;
    }
}
