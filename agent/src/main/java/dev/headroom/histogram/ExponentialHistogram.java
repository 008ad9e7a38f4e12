package dev.headroom.histogram;

import java.util.Arrays;

/**
 * A base-2 exponential histogram being filled: starts at {@link #START_SCALE}, keeps at most {@link #MAX_BUCKETS} buckets and
 * halves its resolution when a value would not fit. Values are non-negative; zero is counted apart.
 *
 * <p>Not thread-safe. Allocates only while its bucket array grows; {@link #snapshotAndReset} keeps the array, so a series with a
 * steady range of values allocates nothing per value.
 */
public final class ExponentialHistogram {
    /** Relative error at most 1.1 % (half a bucket's width at scale 5). */
    public static final int START_SCALE = 5;

    /** At scale 5 these span ten octaves: 1 ms to 1 s, or 1 s to 17 min, at full resolution. */
    public static final int MAX_BUCKETS = 320;

    private static final int FIRST_CAPACITY = 16;

    private int scale = START_SCALE;
    private long[] buckets = new long[FIRST_CAPACITY];
    private int offset;
    private int length;
    private long zeroCount;
    private long count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max;

    /**
     * Adds one value; negative values and NaN count as zero, for a duration cannot be negative but a clock may step back. Infinity
     * counts as the largest finite value.
     */
    public void record(double given) {
        count++;
        if (!(given > 0)) {
            zeroCount++;
            min = 0;
            return;
        }
        double value = Math.min(given, Double.MAX_VALUE);
        sum += value;
        if (value < min) {
            min = value;
        }
        if (value > max) {
            max = value;
        }
        increment(BucketIndex.of(value, scale));
    }

    /** Estimated heap: this object and its buckets, with compressed references. */
    public long heapBytes() {
        return 80 + 16 + 8L * buckets.length;
    }

    private void increment(int index) {
        if (length == 0) {
            offset = index;
            length = 1;
            buckets[0] = 1;
            return;
        }
        int position = index - offset;
        if (position < 0 || position >= length) {
            int shift = shiftToFit(Math.min(index, offset), Math.max(index, offset + length - 1));
            if (shift > 0) {
                downscale(shift);
                index >>= shift;
            }
            makeRoom(index);
            position = index - offset;
        }
        buckets[position]++;
    }

    private static int shiftToFit(int low, int high) {
        int shift = 0;
        while ((long) (high >> shift) - (low >> shift) + 1 > MAX_BUCKETS) {
            shift++;
        }
        return shift;
    }

    private void downscale(int shift) {
        int newOffset = offset >> shift;
        for (int i = 0; i < length; i++) {
            int target = ((offset + i) >> shift) - newOffset;
            long moved = buckets[i];
            buckets[i] = 0;
            buckets[target] += moved;
        }
        length = ((offset + length - 1) >> shift) - newOffset + 1;
        offset = newOffset;
        scale -= shift;
    }

    private void makeRoom(int index) {
        int low = Math.min(index, offset);
        int high = Math.max(index, offset + length - 1);
        int newLength = high - low + 1;
        int move = offset - low;
        if (newLength > buckets.length) {
            long[] larger = new long[Math.min(MAX_BUCKETS, Math.max(newLength, buckets.length * 2))];
            System.arraycopy(buckets, 0, larger, move, length);
            buckets = larger;
        } else if (move > 0) {
            System.arraycopy(buckets, 0, buckets, move, length);
            Arrays.fill(buckets, 0, move, 0);
        }
        offset = low;
        length = newLength;
    }

    /** Values recorded since the last reset. */
    public long count() {
        return count;
    }

    /** What was recorded since the last reset; afterwards this is empty, at the starting scale again. */
    public HistogramSnapshot snapshotAndReset() {
        HistogramSnapshot snapshot = snapshot();
        Arrays.fill(buckets, 0, length, 0);
        scale = START_SCALE;
        offset = 0;
        length = 0;
        zeroCount = 0;
        count = 0;
        sum = 0;
        min = Double.POSITIVE_INFINITY;
        max = 0;
        return snapshot;
    }

    public HistogramSnapshot snapshot() {
        if (count == 0) {
            return HistogramSnapshot.EMPTY;
        }
        return new HistogramSnapshot(scale, offset, buckets, length, zeroCount, sum, min, max);
    }
}
