package dev.headroom.core.record;

/** Time, so that tests can move it by hand. Thread-safe. */
public interface Clock {
    /** Unix time in milliseconds; may step. For naming windows, never for measuring. */
    long wallMillis();

    /** Monotonic nanoseconds from an arbitrary origin. For measuring, never for naming. */
    long nanos();

    /** In place of a time or a duration: no clock was read. */
    long UNTIMED = Long.MIN_VALUE;

    /** Nanoseconds from one reading to a later one; {@link #UNTIMED} when either was not read. */
    static long elapsed(long startNanos, long nowNanos) {
        return startNanos == UNTIMED || nowNanos == UNTIMED ? UNTIMED : nowNanos - startNanos;
    }

    /** Two durations together; {@link #UNTIMED} when either is. */
    static long sum(long nanos, long moreNanos) {
        return nanos == UNTIMED || moreNanos == UNTIMED ? UNTIMED : nanos + moreNanos;
    }

    /** The JVM's own clocks. */
    Clock SYSTEM = new Clock() {
        @Override
        public long wallMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };
}
