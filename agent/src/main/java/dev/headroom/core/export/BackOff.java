package dev.headroom.core.export;

import java.util.function.DoubleSupplier;

/**
 * Pauses between attempts: exponential with full jitter, so that many agents do not come back in step. How far they spread grows
 * with the fleet: the dashboard says over how long, and from then on no pause is drawn from less. For the agent's thread only.
 */
final class BackOff {
    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 15_000;

    /** A server's wish is honoured up to this; a mistaken header must not silence an agent for a day. */
    private static final long LONGEST_WISH_MILLIS = 600_000;

    private static final long LONGEST_SPREAD_MILLIS = 120_000;

    private final DoubleSupplier random;
    private long spreadMillis;
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
        long exponential = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
        long ceiling = Math.max(exponential, spreadMillis);
        failures++;
        long jittered = (long) (random.getAsDouble() * ceiling);
        return Math.min(LONGEST_WISH_MILLIS, Math.max(0, wishMillis)) + jittered;
    }

    /** Time over which the fleet is to spread; kept until another one is told. */
    void spread(long millis) {
        spreadMillis = Math.max(0, Math.min(LONGEST_SPREAD_MILLIS, millis));
    }

    void reset() {
        failures = 0;
    }
}
