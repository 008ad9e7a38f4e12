package dev.headroom.otlp;

import dev.headroom.histogram.HistogramSnapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One OTLP data point with its metric's name and unit. Attribute values are text: numbers and booleans are written as they
 * print. Immutable and thread-safe.
 */
public final class MetricPoint {
    /** Which of OTLP's point types this is. */
    public enum Type {
        SUM,
        GAUGE,
        EXPONENTIAL,
        EXPLICIT
    }

    private final String metric;
    private final String unit;
    private final Map<String, String> attributes;
    private final Type type;
    private final boolean delta;
    private final boolean monotonic;
    private final long startNanos;
    private final long timeNanos;
    private final double value;
    private final @Nullable HistogramSnapshot exponential;
    private final @Nullable ExplicitHistogram explicit;

    private MetricPoint(
            String metric,
            String unit,
            Map<String, String> attributes,
            Type type,
            boolean delta,
            boolean monotonic,
            long startNanos,
            long timeNanos,
            double value,
            @Nullable HistogramSnapshot exponential,
            @Nullable ExplicitHistogram explicit) {
        this.metric = metric;
        this.unit = unit;
        this.attributes = AttributeMap.of(attributes);
        this.type = type;
        this.delta = delta;
        this.monotonic = monotonic;
        this.startNanos = startNanos;
        this.timeNanos = timeNanos;
        this.value = value;
        this.exponential = exponential;
        this.explicit = explicit;
    }

    /** @param startNanos Unix time at which counting began; 0 when not sent */
    public static MetricPoint sum(
            String metric,
            String unit,
            Map<String, String> attributes,
            boolean delta,
            boolean monotonic,
            long startNanos,
            long timeNanos,
            double value) {
        return new MetricPoint(
                metric, unit, attributes, Type.SUM, delta, monotonic, startNanos, timeNanos, value, null, null);
    }

    public static MetricPoint gauge(
            String metric, String unit, Map<String, String> attributes, long timeNanos, double value) {
        return new MetricPoint(metric, unit, attributes, Type.GAUGE, false, false, 0, timeNanos, value, null, null);
    }

    public static MetricPoint exponential(
            String metric,
            String unit,
            Map<String, String> attributes,
            boolean delta,
            long startNanos,
            long timeNanos,
            HistogramSnapshot histogram) {
        return new MetricPoint(
                metric,
                unit,
                attributes,
                Type.EXPONENTIAL,
                delta,
                true,
                startNanos,
                timeNanos,
                histogram.sum(),
                histogram,
                null);
    }

    public static MetricPoint explicit(
            String metric,
            String unit,
            Map<String, String> attributes,
            boolean delta,
            long startNanos,
            long timeNanos,
            ExplicitHistogram histogram) {
        return new MetricPoint(
                metric,
                unit,
                attributes,
                Type.EXPLICIT,
                delta,
                true,
                startNanos,
                timeNanos,
                histogram.sum(),
                null,
                histogram);
    }

    public String metric() {
        return metric;
    }

    public String unit() {
        return unit;
    }

    /** Sorted by key, unmodifiable. */
    public Map<String, String> attributes() {
        return attributes;
    }

    public Type type() {
        return type;
    }

    /** True for delta temporality, false for cumulative; gauges have neither. */
    public boolean delta() {
        return delta;
    }

    public boolean monotonic() {
        return monotonic;
    }

    /** Unix nanoseconds; 0 when not sent. */
    public long startNanos() {
        return startNanos;
    }

    /** Unix nanoseconds. */
    public long timeNanos() {
        return timeNanos;
    }

    /** The number of a sum or gauge, the sum of a histogram. */
    public double value() {
        return value;
    }

    /** Present exactly for {@link Type#EXPONENTIAL}. */
    public HistogramSnapshot exponential() {
        if (exponential == null) {
            throw new IllegalStateException(metric + " is " + type);
        }
        return exponential;
    }

    /** Present exactly for {@link Type#EXPLICIT}. */
    public ExplicitHistogram explicit() {
        if (explicit == null) {
            throw new IllegalStateException(metric + " is " + type);
        }
        return explicit;
    }
}
