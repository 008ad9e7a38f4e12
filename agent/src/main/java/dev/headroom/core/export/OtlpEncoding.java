package dev.headroom.core.export;

import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Window;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import dev.headroom.otlp.ExplicitHistogram;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpMetricsWriter;
import dev.headroom.otlp.ResourceMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Turns a window into the bytes of an OTLP request. Immutable and thread-safe. */
final class OtlpEncoding {
    static final String SCOPE = "dev.headroom.agent";

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, String> resource;
    private final String version;

    OtlpEncoding(Map<String, String> resource, String version) {
        this.resource = resource;
        this.version = version;
    }

    byte[] encode(Window window) {
        List<MetricPoint> points = new ArrayList<>(window.entries().size() * 2);
        for (Window.Entry entry : window.entries()) {
            add(entry, window.startMillis() * NANOS_PER_MILLI, window.endMillis() * NANOS_PER_MILLI, points);
        }
        return OtlpMetricsWriter.write(new ResourceMetrics(resource, points), SCOPE, version);
    }

    private static void add(Window.Entry entry, long startNanos, long endNanos, List<MetricPoint> points) {
        Metric metric = entry.metric();
        String name = metric.metricName();
        String unit = metric.unit();
        Map<String, String> attributes = entry.attributes().toMap();
        switch (metric.kind()) {
            case DURATION:
            case AMOUNT:
                if (entry.histogram().count() > 0) {
                    points.add(MetricPoint.exponential(
                            name, unit, attributes, true, startNanos, endNanos, entry.histogram()));
                }
                if (entry.value() > 0) {
                    points.add(MetricPoint.sum(
                            name + Metric.UNTIMED_SUFFIX,
                            "{call}",
                            attributes,
                            true,
                            true,
                            startNanos,
                            endNanos,
                            entry.value()));
                }
                if (entry.limits().limits() > 0) {
                    points.add(MetricPoint.explicit(
                            name + Metric.LIMITS_SUFFIX,
                            unit,
                            attributes,
                            true,
                            startNanos,
                            endNanos,
                            explicit(entry.limits(), entry.histogram())));
                }
                break;
            case COUNTER:
                points.add(MetricPoint.sum(name, unit, attributes, true, true, startNanos, endNanos, entry.value()));
                break;
            case GAUGE:
                points.add(MetricPoint.gauge(name, unit, attributes, endNanos, entry.value()));
                break;
        }
    }

    private static ExplicitHistogram explicit(LimitCounts limits, HistogramSnapshot histogram) {
        double[] bounds = new double[limits.limits()];
        long[] counts = new long[bounds.length + 1];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = limits.limitNanos(i) / NANOS_PER_SECOND;
            counts[i] = limits.bucket(i);
        }
        counts[bounds.length] = limits.bucket(bounds.length);
        return new ExplicitHistogram(bounds, counts, histogram.sum(), Double.NaN, Double.NaN);
    }

    static byte[] gzipped(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + plain.length / 5);
        try (GZIPOutputStream gzip = new FastGzip(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** Zip's usual level takes three times the CPU time, most of what the agent's thread spends, to save a sixth of the bytes. */
    private static final class FastGzip extends GZIPOutputStream {
        private static final int BUFFER_BYTES = 4096;

        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
