package dev.headroom.core.export;

import dev.headroom.core.record.Clock;

/**
 * When windows end: on wall-clock multiples of the interval, so that all JVMs' windows nest in the store's. Windows never overlap
 * and never leave a gap: each starts where the last one ended, whatever the wall clock does.
 *
 * <p>When the wall clock steps back by less than an interval or two, the running window just takes longer. Stepped back further,
 * windows go on by the monotonic clock, labelled with a fifth of the time they took, until the wall clock has caught up. For the
 * agent's thread only.
 */
final class Rotation {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;
    private final long intervalMillis;
    private long startMillis;
    private long rotatedNanos;

    Rotation(Clock clock, long intervalMillis) {
        this.clock = clock;
        this.intervalMillis = intervalMillis;
        this.startMillis = clock.wallMillis();
        this.rotatedNanos = clock.nanos();
    }

    /** Where the running window started. */
    long startMillis() {
        return startMillis;
    }

    boolean due() {
        return millisToNext() == 0;
    }

    /** Milliseconds until the running window should end; 0 when it should have. */
    long millisToNext() {
        long byWall = nextMultiple(startMillis) - clock.wallMillis();
        long byMonotonic = 2 * intervalMillis - (clock.nanos() - rotatedNanos) / NANOS_PER_MILLI;
        return Math.max(0, Math.min(byWall, byMonotonic));
    }

    private long nextMultiple(long millis) {
        return Math.floorDiv(millis, intervalMillis) * intervalMillis + intervalMillis;
    }

    /** The end of the running window, which is the start of the next. */
    long end() {
        long aligned = Math.floorDiv(clock.wallMillis(), intervalMillis) * intervalMillis;
        return ended(aligned > startMillis ? aligned : startMillis + Math.max(1, intervalMillis / 5));
    }

    /** The end of the running window when the JVM ends before it is full. */
    long endEarly() {
        return ended(Math.max(startMillis + 1, clock.wallMillis()));
    }

    private long ended(long endMillis) {
        startMillis = endMillis;
        rotatedNanos = clock.nanos();
        return endMillis;
    }
}
