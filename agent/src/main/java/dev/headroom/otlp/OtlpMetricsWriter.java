package dev.headroom.otlp;

import dev.headroom.histogram.HistogramSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Encodes an ExportMetricsServiceRequest (opentelemetry-proto 1.11). Field numbers are those of metrics.proto, common.proto and
 * resource.proto. Stateless and thread-safe.
 */
public final class OtlpMetricsWriter {
    private static final int DELTA = 1;
    private static final int CUMULATIVE = 2;

    private OtlpMetricsWriter() {}

    public static byte[] write(ResourceMetrics metrics, String scopeName, String scopeVersion) {
        ProtoWriter out = new ProtoWriter();
        int resourceMetrics = out.begin(1);
        int resource = out.begin(1);
        attributes(out, 1, metrics.resource());
        out.end(resource);
        int scopeMetrics = out.begin(2);
        int scope = out.begin(1);
        out.string(1, scopeName);
        out.string(2, scopeVersion);
        out.end(scope);
        for (List<MetricPoint> points : byMetric(metrics.points())) {
            metric(out, points);
        }
        out.end(scopeMetrics);
        out.end(resourceMetrics);
        return out.toByteArray();
    }

    private static Iterable<List<MetricPoint>> byMetric(List<MetricPoint> points) {
        Map<String, List<MetricPoint>> grouped = new LinkedHashMap<>();
        for (MetricPoint point : points) {
            String group = point.metric() + ' ' + point.type() + point.delta() + point.monotonic();
            grouped.computeIfAbsent(group, key -> new ArrayList<>()).add(point);
        }
        return grouped.values();
    }

    private static void metric(ProtoWriter out, List<MetricPoint> points) {
        MetricPoint first = points.get(0);
        int metric = out.begin(2);
        out.string(1, first.metric());
        out.string(3, first.unit());
        int data = out.begin(dataField(first.type()));
        for (MetricPoint point : points) {
            int at = out.begin(1);
            point(out, point);
            out.end(at);
        }
        if (first.type() != MetricPoint.Type.GAUGE) {
            out.varint(2, first.delta() ? DELTA : CUMULATIVE);
        }
        if (first.type() == MetricPoint.Type.SUM && first.monotonic()) {
            out.varint(3, 1);
        }
        out.end(data);
        out.end(metric);
    }

    private static int dataField(MetricPoint.Type type) {
        switch (type) {
            case GAUGE:
                return 5;
            case SUM:
                return 7;
            case EXPLICIT:
                return 9;
            default:
                return 10;
        }
    }

    private static void point(ProtoWriter out, MetricPoint point) {
        if (point.startNanos() != 0) {
            out.fixed64(2, point.startNanos());
        }
        out.fixed64(3, point.timeNanos());
        switch (point.type()) {
            case EXPONENTIAL:
                attributes(out, 1, point.attributes());
                exponential(out, point.exponential());
                break;
            case EXPLICIT:
                attributes(out, 9, point.attributes());
                explicit(out, point.explicit());
                break;
            default:
                attributes(out, 7, point.attributes());
                number(out, point.value());
        }
    }

    private static void number(ProtoWriter out, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            out.fixed64(6, (long) value);
        } else {
            out.float64(4, value);
        }
    }

    private static void exponential(ProtoWriter out, HistogramSnapshot histogram) {
        out.fixed64(4, histogram.count());
        out.float64(5, histogram.sum());
        out.signed(6, histogram.scale());
        if (histogram.zeroCount() > 0) {
            out.fixed64(7, histogram.zeroCount());
        }
        if (histogram.bucketCount() > 0) {
            int positive = out.begin(8);
            out.signed(1, histogram.offset());
            int counts = out.begin(2);
            for (int i = 0; i < histogram.bucketCount(); i++) {
                out.writeVarint(histogram.bucket(i));
            }
            out.end(counts);
            out.end(positive);
        }
        if (histogram.count() > 0 && histogram.min() < Double.POSITIVE_INFINITY) {
            out.float64(12, histogram.min());
        }
        if (histogram.max() > 0 || (histogram.count() > 0 && histogram.count() == histogram.zeroCount())) {
            out.float64(13, histogram.max());
        }
    }

    private static void explicit(ProtoWriter out, ExplicitHistogram histogram) {
        out.fixed64(4, histogram.count());
        out.float64(5, histogram.sum());
        int counts = out.begin(6);
        for (long count : histogram.counts()) {
            out.writeFixed64(count);
        }
        out.end(counts);
        int bounds = out.begin(7);
        for (double bound : histogram.bounds()) {
            out.writeFixed64(Double.doubleToRawLongBits(bound));
        }
        out.end(bounds);
        if (!Double.isNaN(histogram.min())) {
            out.float64(11, histogram.min());
        }
        if (!Double.isNaN(histogram.max())) {
            out.float64(12, histogram.max());
        }
    }

    static void attributes(ProtoWriter out, int field, Map<String, String> attributes) {
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            int keyValue = out.begin(field);
            out.string(1, attribute.getKey());
            int value = out.begin(2);
            out.string(1, attribute.getValue());
            out.end(value);
            out.end(keyValue);
        }
    }
}
