package dev.headroom.histogram;

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
    private final BucketCounts buckets;
    private final long zeroCount;
    private final long count;
    private final double sum;
    private final double min;
    private final double max;

    /**
     * @param buckets read, not kept
     * @param min positive infinity when unknown or empty
     * @param max zero when unknown or empty
     */
    public HistogramSnapshot(
            int scale, int offset, long[] buckets, long zeroCount, double sum, double min, double max) {
        this(scale, offset, buckets, buckets.length, zeroCount, sum, min, max);
    }

    /**
     * @param buckets read, not kept
     * @param length how many of them, from the first on
     * @param min positive infinity when unknown or empty
     * @param max zero when unknown or empty
     */
    public HistogramSnapshot(
            int scale, int offset, long[] buckets, int length, long zeroCount, double sum, double min, double max) {
        this(scale, offset, BucketCounts.of(buckets, length), total(buckets, length), zeroCount, sum, min, max);
    }

    /** @param inBuckets the sum of the buckets */
    HistogramSnapshot(
            int scale,
            int offset,
            BucketCounts buckets,
            long inBuckets,
            long zeroCount,
            double sum,
            double min,
            double max) {
        this.scale = scale;
        this.offset = offset;
        this.buckets = buckets;
        this.zeroCount = zeroCount;
        this.sum = sum;
        this.min = min;
        this.max = max;
        this.count = zeroCount + inBuckets;
    }

    private static long total(long[] buckets, int length) {
        long total = 0;
        for (int i = 0; i < length; i++) {
            total += buckets[i];
        }
        return total;
    }

    /** Those of {@link #bucket}, for adding them up. */
    BucketCounts counts() {
        return buckets;
    }

    public int scale() {
        return scale;
    }

    /** Index of the first bucket; meaningless when {@link #bucketCount} is zero. */
    public int offset() {
        return offset;
    }

    public int bucketCount() {
        return buckets.length();
    }

    /** Values in the i-th bucket of the array. */
    public long bucket(int i) {
        return buckets.get(i);
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
        if (bucketCount() == 0 || other.bucketCount() == 0) {
            HistogramSnapshot full = bucketCount() == 0 ? other : this;
            return new HistogramSnapshot(
                    full.scale,
                    full.offset,
                    full.buckets,
                    full.count - full.zeroCount,
                    newZero,
                    newSum,
                    newMin,
                    newMax);
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
        return offset + bucketCount() - 1;
    }

    private void addTo(long[] target, int low, int newScale) {
        buckets.addTo(target, offset, scale - newScale, low);
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
            seen += buckets.get(++at);
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
        return above(firstAbove(limit, false));
    }

    /** Values in the buckets from this place of the array on. */
    private long above(int first) {
        long above = 0;
        for (int i = bucketCount() - 1; i >= first; i--) {
            above += buckets.get(i);
        }
        return above;
    }

    /**
     * The place in the array of the first bucket that lies above the limit; at most 0 where all do.
     *
     * @param partly also where only a part of it does
     */
    private int firstAbove(double limit, boolean partly) {
        if (!(limit > 0)) {
            return 0;
        }
        if (scale > BucketIndex.EXACT_SCALE || limit == Double.POSITIVE_INFINITY) {
            int first = bucketCount();
            while (first > 0 && (partly ? bucketUpperBound(first - 1) > limit : bucketLowerBound(first - 1) >= limit)) {
                first--;
            }
            return first;
        }
        // The upper bound is inclusive: a bucket that ends at the limit holds nothing above it.
        int holding = BucketIndex.of(limit, scale);
        boolean ends = BucketIndex.upperBound(holding, scale) <= limit;
        long first = (long) holding - offset + (partly && !ends ? 0 : 1);
        return (int) Math.max(0, Math.min(bucketCount(), first));
    }

    /** Values that may be greater than {@code limit}: {@link #surelyAbove} and the bucket that holds the limit. */
    public long possiblyAbove(double limit) {
        if (maxKnown() && max <= limit) {
            return 0;
        }
        return above(firstAbove(limit, true));
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof HistogramSnapshot)) {
            return false;
        }
        HistogramSnapshot that = (HistogramSnapshot) other;
        return scale == that.scale
                && (offset == that.offset || bucketCount() == 0)
                && zeroCount == that.zeroCount
                && Double.compare(sum, that.sum) == 0
                && Double.compare(min, that.min) == 0
                && Double.compare(max, that.max) == 0
                && buckets.equals(that.buckets);
    }

    @Override
    public int hashCode() {
        return buckets.hashCode() * 31 + scale;
    }

    @Override
    public String toString() {
        return "HistogramSnapshot{count=" + count + ", sum=" + sum + ", min=" + min + ", max=" + max + ", scale="
                + scale + "}";
    }
}
