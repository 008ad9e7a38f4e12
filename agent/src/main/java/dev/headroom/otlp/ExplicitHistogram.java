package dev.headroom.otlp;

/** An explicit-bucket histogram as OTLP carries it. Immutable by convention: nobody writes to the arrays. Thread-safe. */
public final class ExplicitHistogram {
    private final double[] bounds;
    private final long[] counts;
    private final double sum;
    private final double min;
    private final double max;

    /**
     * @param bounds ascending upper bounds, inclusive
     * @param counts one more than bounds, or empty when the sender kept no buckets
     * @param min NaN when not sent
     * @param max NaN when not sent
     */
    public ExplicitHistogram(double[] bounds, long[] counts, double sum, double min, double max) {
        this.bounds = bounds;
        this.counts = counts;
        this.sum = sum;
        this.min = min;
        this.max = max;
    }

    public double[] bounds() {
        return bounds;
    }

    public long[] counts() {
        return counts;
    }

    public double sum() {
        return sum;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    public long count() {
        long count = 0;
        for (long bucket : counts) {
            count += bucket;
        }
        return count;
    }
}
