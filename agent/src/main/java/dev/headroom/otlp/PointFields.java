package dev.headroom.otlp;

import dev.headroom.histogram.HistogramSnapshot;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one data point message while it is read, one after another; their numbers differ by point type. Not thread-safe. */
final class PointFields {
    /** Beyond these the base is indistinguishable from 1, or a bucket holds all doubles. */
    private static final int MAX_SCALE = 20;

    private static final int MIN_SCALE = -11;

    private int attributesStart;
    private int attributesEnd;
    /** Null while the attributes stand side by side, as every known sender writes them. */
    private @Nullable Map<String, String> scattered;

    long startNanos;
    long timeNanos;
    long flags;
    double value;
    long count;
    private double min = Double.NaN;
    private double max = Double.NaN;
    private int scale;
    private int offset;
    private long zeroCount;
    private final LongList counts = new LongList();
    private final LongList bounds = new LongList();

    /** The next point: nothing of the one before remains. */
    void read(ProtoReader in, MetricPoint.Type type) {
        clear();
        while (in.next()) {
            if (in.field() == 2) {
                startNanos = in.fixed64();
            } else if (in.field() == 3) {
                timeNanos = in.fixed64();
            } else if (type == MetricPoint.Type.EXPONENTIAL) {
                exponentialField(in);
            } else if (type == MetricPoint.Type.EXPLICIT) {
                explicitField(in);
            } else {
                numberField(in);
            }
        }
    }

    private void clear() {
        attributesStart = 0;
        attributesEnd = 0;
        scattered = null;
        startNanos = 0;
        timeNanos = 0;
        flags = 0;
        value = 0;
        count = 0;
        min = Double.NaN;
        max = Double.NaN;
        scale = 0;
        offset = 0;
        zeroCount = 0;
        counts.clear();
        bounds.clear();
    }

    private void attribute(ProtoReader in) {
        int start = in.fieldStart();
        if (scattered == null && (attributesEnd == 0 || attributesEnd == start)) {
            attributesStart = attributesEnd == 0 ? start : attributesStart;
            attributesEnd = in.passMessage();
            return;
        }
        if (scattered == null) {
            scattered = new HashMap<>(AttributeCache.read(in.source(), attributesStart, attributesEnd));
        }
        OtlpAttributes.read(in.message(), scattered);
    }

    /** @param source what was read */
    AttributeMap attributes(byte[] source, AttributeCache cache) {
        return scattered == null ? cache.of(source, attributesStart, attributesEnd) : AttributeMap.of(scattered);
    }

    private void numberField(ProtoReader in) {
        switch (in.field()) {
            case 4:
                value = in.float64();
                break;
            case 6:
                value = in.fixed64();
                break;
            case 7:
                attribute(in);
                break;
            case 8:
                flags = in.varint();
                break;
            default:
        }
    }

    private void explicitField(ProtoReader in) {
        switch (in.field()) {
            case 4:
                count = in.fixed64();
                break;
            case 5:
                value = in.float64();
                break;
            case 6:
                in.fixed64s(counts);
                break;
            case 7:
                in.fixed64s(bounds);
                break;
            case 9:
                attribute(in);
                break;
            case 10:
                flags = in.varint();
                break;
            case 11:
                min = in.float64();
                break;
            case 12:
                max = in.float64();
                break;
            default:
        }
    }

    private void exponentialField(ProtoReader in) {
        switch (in.field()) {
            case 1:
                attribute(in);
                break;
            case 4:
                count = in.fixed64();
                break;
            case 5:
                value = in.float64();
                break;
            case 6:
                scale = in.signed();
                break;
            case 7:
                zeroCount = in.fixed64();
                break;
            case 8:
                ProtoReader buckets = in.message();
                while (buckets.next()) {
                    if (buckets.field() == 1) {
                        offset = buckets.signed();
                    } else if (buckets.field() == 2) {
                        buckets.varints(counts);
                    }
                }
                break;
            case 10:
                flags = in.varint();
                break;
            case 12:
                min = in.float64();
                break;
            case 13:
                max = in.float64();
                break;
            default:
        }
    }

    /** Whether the buckets make a histogram: known scale, indexes within int32, counts that are not negative and add up. */
    boolean soundExponential() {
        long total = zeroCount;
        boolean sound = zeroCount >= 0
                && scale >= MIN_SCALE
                && scale <= MAX_SCALE
                && (long) offset + counts.size() <= Integer.MAX_VALUE;
        for (int i = 0; i < counts.size(); i++) {
            long bucket = counts.get(i);
            total += bucket;
            sound &= bucket >= 0 && total >= 0;
        }
        return sound && total == count;
    }

    HistogramSnapshot exponential() {
        return new HistogramSnapshot(
                scale,
                offset,
                counts.values(),
                counts.size(),
                zeroCount,
                value,
                Double.isNaN(min) ? Double.POSITIVE_INFINITY : min,
                Double.isNaN(max) ? 0 : max);
    }

    ExplicitHistogram explicit() {
        long[] raw = bounds.toArray();
        double[] limits = new double[raw.length];
        for (int i = 0; i < raw.length; i++) {
            limits[i] = Double.longBitsToDouble(raw[i]);
        }
        long[] buckets = counts.size() == 0 && raw.length == 0 ? new long[] {count} : counts.toArray();
        if (buckets.length != limits.length + 1) {
            throw new MalformedOtlpException(
                    buckets.length + " bucket counts for " + limits.length + " bounds; expected one more than bounds");
        }
        for (long bucket : buckets) {
            if (bucket < 0) {
                throw new MalformedOtlpException("Bucket count " + Long.toUnsignedString(bucket) + " exceeds 2^63-1");
            }
        }
        return new ExplicitHistogram(limits, buckets, value, min, max);
    }
}
