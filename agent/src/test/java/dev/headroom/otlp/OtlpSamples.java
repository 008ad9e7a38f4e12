package dev.headroom.otlp;

import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import java.util.List;
import java.util.Map;

/** One point of every type, for the tests. */
final class OtlpSamples {
    static final long START = 1_800_000_000_000_000_000L;
    static final long END = START + 5_000_000_000L;

    private OtlpSamples() {}

    static HistogramSnapshot histogram() {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (double value : new double[] {0, 0.0001, 0.02, 0.02, 0.5, 3}) {
            histogram.record(value);
        }
        return histogram.snapshot();
    }

    static ResourceMetrics everyType() {
        Map<String, String> attributes = Map.of("http.route", "/naïve/{id}", "empty", "");
        ExplicitHistogram limits =
                new ExplicitHistogram(new double[] {0.1, 0.25}, new long[] {5, 300, 0}, 7.5, Double.NaN, Double.NaN);
        ExplicitHistogram full = new ExplicitHistogram(new double[] {1}, new long[] {1, 2}, 7.5, 0.5, 4);
        return new ResourceMetrics(
                Map.of("service.name", "shop", "process.pid", "17"),
                List.of(
                        MetricPoint.exponential("d", "s", attributes, true, START, END, histogram()),
                        MetricPoint.exponential("d", "s", Map.of(), true, START, END, HistogramSnapshot.EMPTY),
                        MetricPoint.explicit("d.limits", "s", attributes, true, START, END, limits),
                        MetricPoint.explicit("e", "s", attributes, false, START, END, full),
                        MetricPoint.sum("rows", "{row}", attributes, true, true, START, END, 42),
                        MetricPoint.sum("rows", "{row}", Map.of(), true, true, START, END, 0.125),
                        MetricPoint.sum("open", "1", Map.of(), false, false, START, END, -3),
                        MetricPoint.gauge("heap", "By", attributes, END, 1e18),
                        MetricPoint.gauge("load", "1", Map.of(), END, Double.MIN_VALUE)));
    }

    static byte[] everyTypeBytes() {
        return OtlpMetricsWriter.write(everyType(), "scope", "1.0");
    }
}
