package dev.headroom.core.record;

/** Time, so that tests can move it by hand. Thread-safe. */
public interface Clock {
    /** Unix time in milliseconds; may step. For naming windows, never for measuring. */
    long wallMillis();

    /** Monotonic nanoseconds from an arbitrary origin. For measuring, never for naming. */
    long nanos();

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
