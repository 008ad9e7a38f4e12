package dev.headroom.capacity;

import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.ProtoWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.xerial.snappy.Snappy;

/**
 * Windows of a JVM as a request of Prometheus' remote write 1.0: cumulative native histograms (schema = scale, index + 1), counters
 * and gauges. The field numbers are those of Prometheus' prompb/types.proto. A JVM repeats its window, so that after n windows
 * every count is n times the window's. The exact counts at limits, which native histograms cannot carry, are left out. Stateless.
 */
final class RemoteWrite {
    static final String HEADERS = """
            Content-Type: application/x-protobuf\r
            Content-Encoding: snappy\r
            X-Prometheus-Remote-Write-Version: 0.1.0\r
            """;

    private RemoteWrite() {}

    static byte[] body(List<MetricPoint> points, String job, UUID instance, long windows, long millis)
            throws IOException {
        ProtoWriter out = new ProtoWriter();
        for (MetricPoint point : points) {
            if (point.type() == MetricPoint.Type.EXPLICIT) {
                continue;
            }
            int series = out.begin(1);
            labels(out, point, job, instance);
            if (point.type() == MetricPoint.Type.EXPONENTIAL) {
                histogram(out, point.exponential(), windows, millis);
            } else {
                int sample = out.begin(2);
                out.float64(1, point.type() == MetricPoint.Type.SUM ? point.value() * windows : point.value());
                out.varint(2, millis);
                out.end(sample);
            }
            out.end(series);
        }
        return Snappy.compress(out.toByteArray());
    }

    private static void labels(ProtoWriter out, MetricPoint point, String job, UUID instance) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("__name__", point.metric().replace('.', '_'));
        labels.put("job", job);
        labels.put("instance", instance.toString());
        point.attributes().forEach((key, value) -> labels.put(key.replace('.', '_'), value));
        labels.forEach((name, value) -> {
            int label = out.begin(1);
            out.string(1, name);
            out.string(2, value);
            out.end(label);
        });
    }

    private static void histogram(ProtoWriter out, HistogramSnapshot histogram, long windows, long millis) {
        int at = out.begin(4);
        out.varint(1, histogram.count() * windows);
        out.float64(3, histogram.sum() * windows);
        out.signed(4, histogram.scale());
        out.float64(5, 1e-128);
        out.varint(6, histogram.zeroCount() * windows);
        int span = out.begin(11);
        out.signed(1, histogram.offset() + 1);
        out.varint(2, histogram.bucketCount());
        out.end(span);
        int deltas = out.begin(12);
        long before = 0;
        for (int i = 0; i < histogram.bucketCount(); i++) {
            long count = histogram.bucket(i) * windows;
            long delta = count - before;
            out.writeVarint((delta << 1) ^ (delta >> 63));
            before = count;
        }
        out.end(deltas);
        out.varint(15, millis);
        out.end(at);
    }
}
