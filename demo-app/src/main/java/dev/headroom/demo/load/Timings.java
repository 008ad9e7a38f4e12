package dev.headroom.demo.load;

import java.util.Arrays;

/**
 * How long answers took, in buckets of which each is 1 % wider than the one before; from a microsecond to a minute. A quantile is
 * therefore at most 1 % too large. Thread-safe.
 */
public final class Timings {
    private static final double GROWTH = Math.log(1.01);
    private static final double SMALLEST_NANOS = 1_000;
    private static final int BUCKETS = 1 + (int) (Math.log(60e9 / SMALLEST_NANOS) / GROWTH);

    private final long[] buckets = new long[BUCKETS];
    private final Object lock = new Object();
    private long count;
    private long serverErrors;
    private long clientErrors;
    private long unanswered;

    /** An answer with this status that took so long. */
    public void answered(int status, long nanos) {
        double position = Math.log(Math.max((double) nanos, SMALLEST_NANOS) / SMALLEST_NANOS) / GROWTH;
        synchronized (lock) {
            buckets[Math.min(BUCKETS - 1, (int) Math.ceil(position))]++;
            count++;
            serverErrors += status >= 500 ? 1 : 0;
            clientErrors += status >= 400 && status < 500 ? 1 : 0;
        }
    }

    /** A request whose connection failed. */
    void unansweredOnce() {
        synchronized (lock) {
            unanswered++;
        }
    }

    public long count() {
        synchronized (lock) {
            return count;
        }
    }

    /** Answers of 500 and more. */
    public long serverErrors() {
        synchronized (lock) {
            return serverErrors;
        }
    }

    /** Answers of 400 to 499. */
    public long clientErrors() {
        synchronized (lock) {
            return clientErrors;
        }
    }

    public long unanswered() {
        synchronized (lock) {
            return unanswered;
        }
    }

    /** Milliseconds that the share {@code quantile} of the answers kept within; NaN without answers. */
    public double quantileMillis(double quantile) {
        long[] copy;
        long total;
        synchronized (lock) {
            copy = Arrays.copyOf(buckets, BUCKETS);
            total = count;
        }
        long wanted = Math.max(1, (long) Math.ceil(quantile * total));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += copy[i];
            if (seen >= wanted) {
                return SMALLEST_NANOS * Math.exp(i * GROWTH) / 1e6;
            }
        }
        return Double.NaN;
    }
}
