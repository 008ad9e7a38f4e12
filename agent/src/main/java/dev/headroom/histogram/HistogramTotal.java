package dev.headroom.histogram;

/**
 * The sum of many histograms: what {@link HistogramSnapshot#merge} of them all would be, without a new histogram for each. Not
 * thread-safe.
 */
public final class HistogramTotal {
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    private int scale;
    private int offset;
    /** The buckets' counts while all values together fit an int, else empty. */
    private int[] few = NO_INTS;
    /** The buckets' counts from then on, else empty. */
    private long[] many = NO_LONGS;

    private long count;
    private long zeroCount;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max;

    /** Adds all of its values. */
    public void add(HistogramSnapshot other) {
        if (other.count() == 0) {
            return;
        }
        if (!fits(other)) {
            take(count == 0 ? other : snapshot().merge(other));
            return;
        }
        if (many.length == 0) {
            other.counts().addTo(few, other.offset() - offset);
        } else {
            other.counts().addTo(many, other.offset() - offset);
        }
        count += other.count();
        zeroCount += other.zeroCount();
        sum += other.sum();
        min = min < Double.POSITIVE_INFINITY && other.min() < Double.POSITIVE_INFINITY
                ? Math.min(min, other.min())
                : Double.POSITIVE_INFINITY;
        max = max > 0 && other.max() > 0 ? Math.max(max, other.max()) : 0;
    }

    /** Whether it only adds to buckets that are there. */
    private boolean fits(HistogramSnapshot other) {
        return count > 0
                && other.scale() == scale
                && other.count() > other.zeroCount()
                && other.offset() >= offset
                && (long) other.offset() + other.bucketCount() <= (long) offset + few.length + many.length
                && (few.length == 0 || count + other.count() <= Integer.MAX_VALUE);
    }

    private void take(HistogramSnapshot all) {
        scale = all.scale();
        offset = all.offset();
        boolean narrow = all.count() <= Integer.MAX_VALUE;
        few = narrow ? new int[all.bucketCount()] : NO_INTS;
        many = narrow ? NO_LONGS : new long[all.bucketCount()];
        if (narrow) {
            all.counts().addTo(few, 0);
        } else {
            all.counts().addTo(many, 0);
        }
        count = all.count();
        zeroCount = all.zeroCount();
        sum = all.sum();
        min = all.min();
        max = all.max();
    }

    /** Whether nothing was added. */
    public boolean empty() {
        return count == 0;
    }

    /** All of it as it is now. */
    public HistogramSnapshot snapshot() {
        if (count == 0) {
            return HistogramSnapshot.EMPTY;
        }
        BucketCounts buckets = few.length == 0 ? BucketCounts.of(many, many.length) : BucketCounts.of(few);
        return new HistogramSnapshot(scale, offset, buckets, count - zeroCount, zeroCount, sum, min, max);
    }
}
