package dev.headroom.histogram;

import java.util.Arrays;

/**
 * An immutable base-2 exponential histogram of non-negative values.
 *
 * <p>Bucket i of the array is bucket {@code offset + i} of the OpenTelemetry data model. Counts add exactly under
 * {@link #merge}; a quantile read from it differs from the exact nearest-rank quantile by at most {@link #relativeError}.
 * Thread-safe.
 */
public final class HistogramSnapshot {
    /** No values. */
    public static final HistogramSnapshot EMPTY =
            new HistogramSnapshot(ExponentialHistogram.START_SCALE, 0, new long[0], 0, 0, Double.POSITIVE_INFINITY, 0);

    private final int scale;
    private final int offset;
    private final long[] buckets;
    private final long zeroCount;
    private final long count;
    private final double sum;
    private final double min;
    private final double max;

    /**
     * @param buckets kept, not copied: the caller gives it away
     * @param min positive infinity when unknown or empty
     * @param max zero when unknown or empty
     */
    public HistogramSnapshot(
            int scale, int offset, long[] buckets, long zeroCount, double sum, double min, double max) {
        this.scale = scale;
        this.offset = offset;
        this.buckets = buckets;
        this.zeroCount = zeroCount;
        this.sum = sum;
        this.min = min;
        this.max = max;
        long total = zeroCount;
        for (long bucket : buckets) {
            total += bucket;
        }
        this.count = total;
    }

    public int scale() {
        return scale;
    }

    /** Index of the first bucket; meaningless when {@link #bucketCount} is zero. */
    public int offset() {
        return offset;
    }

    public int bucketCount() {
        return buckets.length;
    }

    /** Values in the i-th bucket of the array. */
    public long bucket(int i) {
        return buckets[i];
    }

    public double bucketUpperBound(int i) {
        return BucketIndex.upperBound(offset + i, scale);
    }

    public double bucketLowerBound(int i) {
        return BucketIndex.lowerBound(offset + i, scale);
    }

    public long zeroCount() {
        return zeroCount;
    }

    public long count() {
        return count;
    }

    public double sum() {
        return sum;
    }

    /** Positive infinity when empty or unknown. */
    public double min() {
        return min;
    }

    /** Zero when empty or unknown. */
    public double max() {
        return max;
    }

    /** Both together: counts and sums add, the coarser scale wins (arithmetic shift of indexes, exact by perfect subsetting). */
    public HistogramSnapshot merge(HistogramSnapshot other) {
        if (other.count == 0) {
            return this;
        }
        if (count == 0) {
            return other;
        }
        double newSum = sum + other.sum;
        boolean minKnown = minKnown() && other.minKnown();
        boolean maxKnown = maxKnown() && other.maxKnown();
        double newMin = minKnown ? Math.min(min, other.min) : Double.POSITIVE_INFINITY;
        double newMax = maxKnown ? Math.max(max, other.max) : 0;
        long newZero = zeroCount + other.zeroCount;
        if (buckets.length == 0 || other.buckets.length == 0) {
            HistogramSnapshot full = buckets.length == 0 ? other : this;
            return new HistogramSnapshot(full.scale, full.offset, full.buckets, newZero, newSum, newMin, newMax);
        }
        int newScale = Math.min(scale, other.scale);
        int low = Math.min(offset >> (scale - newScale), other.offset >> (other.scale - newScale));
        int high = Math.max(last() >> (scale - newScale), other.last() >> (other.scale - newScale));
        while ((long) high - low + 1 > ExponentialHistogram.MAX_BUCKETS) {
            low >>= 1;
            high >>= 1;
            newScale--;
        }
        long[] merged = new long[high - low + 1];
        addTo(merged, low, newScale);
        other.addTo(merged, low, newScale);
        return new HistogramSnapshot(newScale, low, merged, newZero, newSum, newMin, newMax);
    }

    /** The same values in at most so many buckets, at a coarser scale where need be; counts and sums stay exact. */
    public HistogramSnapshot within(int maxBuckets) {
        int newScale = scale;
        int low = offset;
        int high = last();
        while (high - low + 1 > Math.max(2, maxBuckets)) {
            low >>= 1;
            high >>= 1;
            newScale--;
        }
        if (newScale == scale) {
            return this;
        }
        long[] fewer = new long[high - low + 1];
        addTo(fewer, low, newScale);
        return new HistogramSnapshot(newScale, low, fewer, zeroCount, sum, min, max);
    }

    private int last() {
        return offset + buckets.length - 1;
    }

    private void addTo(long[] target, int low, int newScale) {
        int shift = scale - newScale;
        for (int i = 0; i < buckets.length; i++) {
            target[((offset + i) >> shift) - low] += buckets[i];
        }
    }

    private boolean minKnown() {
        return min < Double.POSITIVE_INFINITY;
    }

    /** Only zeros, or nothing, have the greatest value 0. */
    private boolean maxKnown() {
        return max > 0 || count == zeroCount;
    }

    /**
     * The nearest-rank quantile, at the middle of its bucket (the value with equal relative distance to both bounds) and never
     * outside {@code [min, max]}; the smallest and the largest value exactly, where they are known.
     *
     * @param q in [0, 1]
     * @return NaN when empty
     */
    public double quantile(double q) {
        if (count == 0) {
            return Double.NaN;
        }
        long rank = rank(q);
        if (rank <= zeroCount) {
            return 0;
        }
        if (rank == count && maxKnown()) {
            return max;
        }
        if (rank == 1 && minKnown()) {
            return min;
        }
        long seen = zeroCount;
        int at = -1;
        while (seen < rank) {
            seen += buckets[++at];
        }
        return clamp(middle(bucketLowerBound(at), bucketUpperBound(at)));
    }

    /** The product's rounding error must not push it to the next rank: 0.07 x 100 is 7.000000000000001. */
    private long rank(double q) {
        long rank = (long) Math.ceil(q * count - count * 1e-14);
        return Math.max(1, Math.min(count, rank));
    }

    /** Harmonic: the same relative distance to both bounds. Outside the range of double a bound is 0 or infinite. */
    private static double middle(double low, double high) {
        if (high == 0) {
            return 0;
        }
        return low / (0.5 + 0.5 * (low / Math.min(high, Double.MAX_VALUE)));
    }

    private double clamp(double value) {
        double low = minKnown() ? min : 0;
        double high = maxKnown() ? max : Double.POSITIVE_INFINITY;
        return Math.max(low, Math.min(high, value));
    }

    /**
     * The largest relative distance between {@link #quantile} and the exact nearest-rank quantile: {@code (base-1)/(base+1)},
     * 1.1 % at scale 5.
     */
    public double relativeError() {
        double base = Math.pow(2, Math.pow(2, -scale));
        return Double.isInfinite(base) ? 1 : (base - 1) / (base + 1); // at scale -10 a bucket holds all doubles above 1
    }

    /** Values that are surely greater than {@code limit}: those in buckets that begin at or above it. */
    public long surelyAbove(double limit) {
        if (maxKnown() && max <= limit) {
            return 0;
        }
        long above = 0;
        for (int i = buckets.length - 1; i >= 0 && bucketLowerBound(i) >= limit; i--) {
            above += buckets[i];
        }
        return above;
    }

    /** Values that may be greater than {@code limit}: {@link #surelyAbove} and the bucket that holds the limit. */
    public long possiblyAbove(double limit) {
        if (maxKnown() && max <= limit) {
            return 0;
        }
        long above = 0;
        for (int i = buckets.length - 1; i >= 0 && bucketUpperBound(i) > limit; i--) {
            above += buckets[i];
        }
        return above;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof HistogramSnapshot)) {
            return false;
        }
        HistogramSnapshot that = (HistogramSnapshot) other;
        return scale == that.scale
                && (offset == that.offset || buckets.length == 0)
                && zeroCount == that.zeroCount
                && Double.compare(sum, that.sum) == 0
                && Double.compare(min, that.min) == 0
                && Double.compare(max, that.max) == 0
                && Arrays.equals(buckets, that.buckets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(buckets) * 31 + scale;
    }

    @Override
    public String toString() {
        return "HistogramSnapshot{count=" + count + ", sum=" + sum + ", min=" + min + ", max=" + max + ", scale="
                + scale + "}";
    }
}
