package dev.headroom.core.export;

import dev.headroom.core.record.Clock;

/**
 * When windows end: on wall-clock multiples of the interval, so that all JVMs' windows nest in the store's. Each window starts
 * where the last one ended.
 *
 * <p>Time is named by the wall clock as it was, carried on by the monotonic one. As long as the wall clock agrees within an
 * interval it is followed quietly. When it steps further, nobody here can know whether it was wrong before or is now. Windows go
 * on as if it had not stepped until
 *
 * <ul>
 *   <li>a server's answer names the time: whichever is nearer to it, the stepped clock or the time carried on, is right;
 *   <li>or, without any such answer, the clock has kept to its new time for a minute.
 * </ul>
 *
 * <p>Then the wall clock is followed: forward by one long window, so that no gap is left; back by a window that ends now and
 * lies over earlier ones, which were named in the future. Windows are numbered, so neither loses nor doubles anything. For the
 * agent's thread only.
 */
final class Rotation {
    static final long HOLD_MILLIS = 60_000;

    /** Whoever receives cannot make an agent work more often. */
    static final long SHORTEST_MILLIS = 1_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;
    private final long usualMillis;
    private long intervalMillis;
    private long startMillis;
    private long anchorMillis;
    private long anchorNanos;
    private boolean stepped;
    private long steppedNanos;

    Rotation(Clock clock, long intervalMillis) {
        this.clock = clock;
        this.usualMillis = intervalMillis;
        this.intervalMillis = intervalMillis;
        this.startMillis = clock.wallMillis();
        anchor(startMillis);
    }

    private void anchor(long millis) {
        anchorMillis = millis;
        anchorNanos = clock.nanos();
        stepped = false;
    }

    /**
     * Ends windows on multiples of another length from now on, the running one too.
     *
     * @param wishedMillis taken when it is at least {@link #SHORTEST_MILLIS} and shorter than usual; else windows are as long as usual
     */
    void every(long wishedMillis) {
        intervalMillis = wishedMillis >= SHORTEST_MILLIS && wishedMillis < usualMillis ? wishedMillis : usualMillis;
    }

    /** How long windows are at present. */
    long intervalMillis() {
        return intervalMillis;
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
        look();
        return Math.max(0, nextMultiple(startMillis) - now());
    }

    private long nextMultiple(long millis) {
        return Math.floorDiv(millis, intervalMillis) * intervalMillis + intervalMillis;
    }

    /** Now, as windows are named. */
    private long now() {
        return anchorMillis + (clock.nanos() - anchorNanos) / NANOS_PER_MILLI;
    }

    private void look() {
        long wall = clock.wallMillis();
        if (Math.abs(wall - now()) <= usualMillis) {
            anchor(wall);
        } else if (!stepped) {
            stepped = true;
            steppedNanos = clock.nanos();
        } else if (clock.nanos() - steppedNanos > HOLD_MILLIS * NANOS_PER_MILLI) {
            follow(wall);
        }
    }

    /** Whether the wall clock stepped and a server's word is wanted. */
    boolean stepped() {
        look();
        return stepped;
    }

    /** A server has just named the time. */
    void told(long serverMillis) {
        if (!stepped()) {
            return;
        }
        long wall = clock.wallMillis();
        if (Math.abs(serverMillis - wall) < Math.abs(serverMillis - now())) {
            follow(wall);
        } else {
            steppedNanos = clock.nanos();
        }
    }

    private void follow(long wall) {
        long running = now() - startMillis;
        if (wall < now()) {
            startMillis = wall - Math.max(1, running);
        }
        anchor(wall);
    }

    /** The end of the running window, which is the start of the next. */
    long end() {
        long aligned = Math.floorDiv(now(), intervalMillis) * intervalMillis;
        return ended(aligned > startMillis ? aligned : endOfNow());
    }

    /** The end of the running window when the JVM ends before it is full. */
    long endEarly() {
        return ended(endOfNow());
    }

    private long endOfNow() {
        return Math.max(startMillis + 1, now());
    }

    private long ended(long endMillis) {
        startMillis = endMillis;
        return endMillis;
    }
}
