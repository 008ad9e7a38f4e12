package dev.headroom.capacity;

import java.util.Arrays;

/** Times in milliseconds, all of them kept: percentiles are exact. Thread-safe. */
final class Times {
    private double[] all = new double[1_024];
    private int count;

    synchronized void add(double millis) {
        if (count == all.length) {
            all = Arrays.copyOf(all, count * 2);
        }
        all[count++] = millis;
    }

    synchronized int count() {
        return count;
    }

    /** NaN when there is none. */
    synchronized double quantile(double q) {
        if (count == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) Math.ceil(q * count) - (q > 0 ? 1 : 0))];
    }

    synchronized void clear() {
        count = 0;
    }

    String described() {
        return "p50 %.1f, p99 %.1f, max %.1f ms of %d".formatted(quantile(0.5), quantile(0.99), quantile(1), count());
    }
}
