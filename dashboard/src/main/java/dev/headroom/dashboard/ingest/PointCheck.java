package dev.headroom.dashboard.ingest;

import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.otlp.ExplicitHistogram;
import dev.headroom.otlp.MetricPoint;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a point, if anything: one bad number would spoil every total that it is added to. Stateless. */
final class PointCheck {
    private static final int MAX_SCALE = 20;
    private static final int MIN_SCALE = -10;
    private static final int MAX_BUCKETS = 10_000;
    private static final int MAX_BOUNDS = 1_000;

    /** OpenTelemetry's own default for attributes; no convention has a longer name. */
    private static final int MAX_ATTRIBUTES = 128;

    private static final int MAX_NAME = 255;

    private PointCheck() {}

    /** Null when the point can be kept. */
    static @Nullable String fault(MetricPoint point) {
        if (point.metric().isEmpty()) {
            return "a metric without a name";
        }
        if (point.metric().length() > MAX_NAME) {
            return "a metric whose name has " + point.metric().length() + " letters, expected at most " + MAX_NAME;
        }
        if (point.attributes().size() > MAX_ATTRIBUTES) {
            return point.metric() + " has " + point.attributes().size() + " attributes, expected at most "
                    + MAX_ATTRIBUTES;
        }
        if (!Double.isFinite(point.value())) {
            return point.metric() + " is " + point.value() + ", expected a finite number";
        }
        if (point.startNanos() > point.timeNanos() || point.timeNanos() < 0) {
            return point.metric() + " ends before it starts";
        }
        return switch (point.type()) {
            case GAUGE -> null;
            case SUM -> point.monotonic() && point.value() < 0 ? point.metric() + " is monotonic but negative" : null;
            case EXPONENTIAL -> fault(point.metric(), point.exponential());
            case EXPLICIT -> fault(point.metric(), point.explicit());
        };
    }

    private static @Nullable String fault(String metric, HistogramSnapshot histogram) {
        if (histogram.scale() > MAX_SCALE || histogram.scale() < MIN_SCALE) {
            return metric + " has scale " + histogram.scale() + ", expected " + MIN_SCALE + " to " + MAX_SCALE;
        }
        if (histogram.bucketCount() > MAX_BUCKETS
                || (long) histogram.offset() + histogram.bucketCount() > Integer.MAX_VALUE) {
            return metric + " has " + histogram.bucketCount() + " buckets from " + histogram.offset()
                    + ", expected at most " + MAX_BUCKETS;
        }
        for (int i = 0; i < histogram.bucketCount(); i++) {
            if (histogram.bucket(i) < 0) {
                return metric + " has a bucket with a negative count";
            }
        }
        if (histogram.zeroCount() < 0 || histogram.sum() < 0) {
            return metric + " has a negative count or sum";
        }
        if (Double.isNaN(histogram.min()) || Double.isNaN(histogram.max())) {
            return metric + " has a minimum or maximum that is not a number";
        }
        return null;
    }

    private static @Nullable String fault(String metric, ExplicitHistogram histogram) {
        double[] bounds = histogram.bounds();
        if (bounds.length > MAX_BOUNDS) {
            return metric + " has " + bounds.length + " bounds, expected at most " + MAX_BOUNDS;
        }
        for (int i = 0; i < bounds.length; i++) {
            if (!Double.isFinite(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1])) {
                return metric + " has bounds that do not ascend";
            }
        }
        for (long count : histogram.counts()) {
            if (count < 0) {
                return metric + " has a bucket with a negative count";
            }
        }
        return histogram.sum() < 0 ? metric + " has a negative sum" : null;
    }
}
