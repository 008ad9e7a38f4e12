package dev.headroom.dashboard.ingest;

import dev.headroom.otlp.MetricPoint;
import java.util.Map;

/** A stream of one sender: points of one metric, type and temporality with the same attributes. */
record StreamKey(String metric, String kind, Map<String, String> attributes) {
    static StreamKey of(MetricPoint point) {
        String kind = point.type() + (point.delta() ? "+" : "");
        return new StreamKey(point.metric(), kind, point.attributes());
    }
}
