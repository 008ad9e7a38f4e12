package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;

/** Values as bytes: about 50 bytes for a histogram of twenty durations. Stateless and thread-safe. */
final class ValueCodec {
    private static final int SUM = 1;
    private static final int READING = 2;
    private static final int READINGS = 3;
    private static final int DISTRIBUTION = 4;
    private static final int COARSE_DISTRIBUTION = 5;
    private static final int PARTLY_TIMED = 6;
    /** As 4 and 5, which only older files have, but runs of empty buckets are counted. */
    private static final int SPARSE_DISTRIBUTION = 7;

    private static final int SPARSE_COARSE_DISTRIBUTION = 8;

    private ValueCodec() {}

    static void write(BlobWriter out, Value value) {
        if (value instanceof Value.Sum sum) {
            out.varint(SUM).float64(sum.amount());
        } else if (value instanceof Value.Gauge gauge) {
            write(out, gauge);
        } else {
            write(out, (Value.Distribution) value);
        }
    }

    private static void write(BlobWriter out, Value.Gauge gauge) {
        if (gauge.readings() == 1) {
            out.varint(READING).float64(gauge.last());
            return;
        }
        out.varint(READINGS).float64(gauge.last()).float64(gauge.min()).float64(gauge.max());
        out.float64(gauge.sum()).varint(gauge.readings());
    }

    private static void write(BlobWriter out, Value.Distribution distribution) {
        if (distribution.untimed() > 0) {
            out.varint(PARTLY_TIMED).varint(distribution.untimed());
        }
        boolean coarse = distribution.coarseError() != 0;
        out.varint(coarse ? SPARSE_COARSE_DISTRIBUTION : SPARSE_DISTRIBUTION);
        if (coarse) {
            out.float64(distribution.coarseError());
        }
        HistogramSnapshot histogram = distribution.histogram();
        out.signed(histogram.scale()).signed(histogram.offset()).varint(histogram.bucketCount());
        writeBuckets(out, histogram);
        out.varint(histogram.zeroCount()).float64(histogram.sum());
        out.float64(histogram.min()).float64(histogram.max());
        LimitCounts limits = distribution.limits();
        out.varint(limits.limits());
        long before = 0;
        for (int i = 0; i < limits.limits(); i++) {
            out.varint(limits.limitNanos(i) - before);
            before = limits.limitNanos(i);
        }
        for (int i = 0; i <= limits.limits(); i++) {
            out.varint(limits.bucket(i));
        }
    }

    /** A few dozen durations lie far apart among the buckets: an empty one is followed by how many more are empty. */
    private static void writeBuckets(BlobWriter out, HistogramSnapshot histogram) {
        int empty = 0;
        for (int i = 0; i < histogram.bucketCount(); i++) {
            long count = histogram.bucket(i);
            if (count == 0) {
                empty++;
                continue;
            }
            if (empty > 0) {
                out.varint(0).varint(empty - 1);
                empty = 0;
            }
            out.varint(count);
        }
        if (empty > 0) {
            out.varint(0).varint(empty - 1);
        }
    }

    static Value read(BlobReader in) {
        int kind = in.smallVarint();
        return switch (kind) {
            case SUM -> new Value.Sum(in.float64());
            case READING -> Value.Gauge.of(in.float64());
            case READINGS -> new Value.Gauge(in.float64(), in.float64(), in.float64(), in.float64(), in.varint());
            case DISTRIBUTION -> distribution(in, 0, false);
            case COARSE_DISTRIBUTION -> distribution(in, in.float64(), false);
            case SPARSE_DISTRIBUTION -> distribution(in, 0, true);
            case SPARSE_COARSE_DISTRIBUTION -> distribution(in, in.float64(), true);
            case PARTLY_TIMED -> {
                long untimed = in.varint();
                Value.Distribution timed = (Value.Distribution) read(in);
                yield new Value.Distribution(timed.histogram(), timed.limits(), timed.coarseError(), untimed);
            }
            default -> throw new IllegalStateException("Unknown kind of value " + kind + " in the store");
        };
    }

    private static Value.Distribution distribution(BlobReader in, double coarseError, boolean sparse) {
        int scale = (int) in.signed();
        int offset = (int) in.signed();
        int length = in.smallVarint();
        long[] buckets = in.counts(length);
        for (int i = 0; i < length; i++) {
            buckets[i] = in.varint();
            if (sparse && buckets[i] == 0) {
                i += in.smallVarint();
            }
        }
        HistogramSnapshot histogram = new HistogramSnapshot(
                scale, offset, buckets, length, in.varint(), in.float64(), in.float64(), in.float64());
        long[] limits = new long[in.smallVarint()];
        long before = 0;
        for (int i = 0; i < limits.length; i++) {
            before += in.varint();
            limits[i] = before;
        }
        long[] counts = new long[limits.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.varint();
        }
        return new Value.Distribution(
                histogram,
                limits.length == 0 && counts[0] == 0 ? LimitCounts.NONE : new LimitCounts(limits, counts),
                coarseError);
    }
}
