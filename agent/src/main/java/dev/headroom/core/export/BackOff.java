package dev.headroom.core.export;

import java.util.function.DoubleSupplier;

/**
 * Pauses between attempts: exponential with full jitter, so that many agents do not come back in step. For the agent's thread
 * only.
 */
final class BackOff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 15_000;

    /** A server's wish is honoured up to this; a mistaken header must not silence an agent for a day. */
    private static final long LONGEST_WISH_MILLIS = 600_000;

    private final DoubleSupplier random;
    private int failures;

    /** @param random in [0, 1) */
    BackOff(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * Counts a failure.
     *
     * @param wishMillis what the server asked for; 0 when it did not
     * @return milliseconds to wait, at least the wish
     */
    long afterFailure(long wishMillis) {
        long ceiling = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
        failures++;
        long jittered = (long) (random.getAsDouble() * ceiling);
        return Math.min(LONGEST_WISH_MILLIS, Math.max(0, wishMillis)) + jittered;
    }

    void reset() {
        failures = 0;
    }
}
