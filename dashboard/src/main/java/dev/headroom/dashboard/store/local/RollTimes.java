package dev.headroom.dashboard.store.local;

/**
 * When parts are rolled up, as of {@code now}. Times are Unix milliseconds.
 *
 * @param all roll up everything that there is, whatever its age
 */
record RollTimes(long now, boolean all) {
    /** Agents send a window a moment after its end. */
    private static final long SETTLED_MILLIS = 15_000;

    private static final long QUIET_MILLIS = 10_000;
    private static final long TIRELESS_MILLIS = 60_000;
    /** For senders whose clock is ahead: their minute might not end for years. */
    private static final long LONGEST_MILLIS = 300_000;

    private static final long TEN_SETTLED_MILLIS = 90_000;

    boolean due(long minute, long firstArrival, long lastArrival) {
        if (all || now - firstArrival >= LONGEST_MILLIS) {
            return true;
        }
        return now - minute >= Pending.MINUTE_MILLIS + SETTLED_MILLIS
                && (now - lastArrival >= QUIET_MILLIS || now - firstArrival >= TIRELESS_MILLIS);
    }

    boolean dueTen(long ten, long changed) {
        return all
                || now - changed >= LONGEST_MILLIS
                || (now - ten >= Pending.TEN_MILLIS + TEN_SETTLED_MILLIS && now - changed >= QUIET_MILLIS);
    }
}
