package dev.headroom.dashboard.ingest;

import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.otlp.AttributeText;
import dev.headroom.otlp.ExplicitHistogram;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpMetricsReader;
import dev.headroom.otlp.ResourceMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads OTLP's JSON encoding: lowerCamelCase keys, 64-bit numbers as text or number, enums as numbers, unknown fields ignored. Not
 * thread-safe.
 */
final class OtlpJson {
    /** A tree of the shortest values takes fifty times their text. */
    private static final int MAX_TOKENS = 2_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .build();
    private static final int DELTA = 1;
    private static final int NO_RECORDED_VALUE = 1;
    private static final int STATUS_ERROR = 2;
    private static final int MAX_SHOWN = 60;

    private int unsupported;
    private int withoutTime;

    private OtlpJson() {}

    /** @throws OtlpRefusal when it is not JSON or not such a request */
    static OtlpMetricsReader.Result metrics(byte[] request) {
        OtlpJson reader = new OtlpJson();
        List<ResourceMetrics> resources = new ArrayList<>();
        for (JsonNode resource : tree(request).path(OtlpSignal.METRICS.resources())) {
            resources.add(reader.resource(resource));
        }
        return new OtlpMetricsReader.Result(resources, reader.unsupported, reader.withoutTime);
    }

    /** @throws OtlpRefusal when it is not JSON or not such a request */
    static List<ResourceSpans> spans(byte[] request) {
        List<ResourceSpans> resources = new ArrayList<>();
        for (JsonNode resource : tree(request).path(OtlpSignal.TRACES.resources())) {
            List<ReceivedSpan> spans = new ArrayList<>();
            for (JsonNode scope : resource.path(OtlpSignal.TRACES.scopes())) {
                for (JsonNode span : scope.path(OtlpSignal.TRACES.records())) {
                    spans.add(span(span));
                }
            }
            resources.add(new ResourceSpans(attributes(resource.path("resource").path("attributes")), spans));
        }
        return resources;
    }

    private static ReceivedSpan span(JsonNode span) {
        return new ReceivedSpan(
                ReceivedSpan.identity(id(span.path("traceId")), id(span.path("spanId"))),
                ReceivedSpan.Kind.of(whole(span.path("kind"))),
                text(span.path("name")),
                whole(span.path("startTimeUnixNano")),
                whole(span.path("endTimeUnixNano")),
                attributes(span.path("attributes")),
                whole(span.path("status").path("code")) == STATUS_ERROR,
                ReceivedSpan.sampled(text(span.path("traceState"))));
    }

    /** Hexadecimal in OTLP's JSON, other than protobuf's own. */
    private static byte[] id(JsonNode node) {
        try {
            return HexFormat.of().parseHex(text(node));
        } catch (IllegalArgumentException notHexadecimal) {
            throw OtlpRefusal.malformed("Found " + node + " where an id in hexadecimal digits was expected");
        }
    }

    /** Log records or spans in the request. */
    static long records(byte[] request, OtlpSignal signal) {
        long records = 0;
        for (JsonNode resource : tree(request).path(signal.resources())) {
            for (JsonNode scope : resource.path(signal.scopes())) {
                records += scope.path(signal.records()).size();
            }
        }
        return records;
    }

    private static JsonNode tree(byte[] request) {
        try {
            JsonNode tree = MAPPER.readTree(request);
            if (tree.isMissingNode() || tree.isObject()) {
                return tree;
            }
        } catch (JacksonException failure) {
            throw OtlpRefusal.malformed("The body is not JSON: " + failure.getOriginalMessage());
        }
        throw OtlpRefusal.malformed("The body is not a JSON object");
    }

    private ResourceMetrics resource(JsonNode node) {
        Map<String, String> attributes = attributes(node.path("resource").path("attributes"));
        List<MetricPoint> points = new ArrayList<>();
        for (JsonNode scope : node.path(OtlpSignal.METRICS.scopes())) {
            for (JsonNode metric : scope.path(OtlpSignal.METRICS.records())) {
                metric(metric, points);
            }
        }
        return new ResourceMetrics(attributes, points);
    }

    private void metric(JsonNode metric, List<MetricPoint> points) {
        unsupported += metric.path("summary").path("dataPoints").size();
        data(metric, "gauge", MetricPoint.Type.GAUGE, points);
        data(metric, "sum", MetricPoint.Type.SUM, points);
        data(metric, "histogram", MetricPoint.Type.EXPLICIT, points);
        data(metric, "exponentialHistogram", MetricPoint.Type.EXPONENTIAL, points);
    }

    private void data(JsonNode metric, String field, MetricPoint.Type type, List<MetricPoint> points) {
        JsonNode data = metric.path(field);
        boolean delta = whole(data.path("aggregationTemporality")) == DELTA;
        boolean monotonic = data.path("isMonotonic").asBoolean(false);
        String name = text(metric.path("name"));
        String unit = text(metric.path("unit"));
        for (JsonNode point : data.path("dataPoints")) {
            long time = whole(point.path("timeUnixNano"));
            if ((whole(point.path("flags")) & NO_RECORDED_VALUE) != 0) {
                continue;
            }
            if (time == 0) {
                withoutTime++;
                continue;
            }
            long start = whole(point.path("startTimeUnixNano"));
            Map<String, String> attributes = attributes(point.path("attributes"));
            switch (type) {
                case GAUGE -> points.add(MetricPoint.gauge(name, unit, attributes, time, number(point)));
                case SUM ->
                    points.add(MetricPoint.sum(name, unit, attributes, delta, monotonic, start, time, number(point)));
                case EXPLICIT ->
                    points.add(MetricPoint.explicit(name, unit, attributes, delta, start, time, explicit(point)));
                case EXPONENTIAL -> {
                    HistogramSnapshot histogram = exponential(point);
                    if (histogram.count() == whole(point.path("count"))) {
                        points.add(MetricPoint.exponential(name, unit, attributes, delta, start, time, histogram));
                    } else {
                        unsupported++;
                    }
                }
            }
        }
    }

    private static double number(JsonNode point) {
        return point.has("asInt") ? whole(point.path("asInt")) : real(point.path("asDouble"), 0);
    }

    private static HistogramSnapshot exponential(JsonNode point) {
        JsonNode positive = point.path("positive");
        JsonNode counts = positive.path("bucketCounts");
        return new HistogramSnapshot(
                small(point.path("scale")),
                small(positive.path("offset")),
                wholes(counts),
                whole(point.path("zeroCount")),
                real(point.path("sum"), 0),
                real(point.path("min"), Double.POSITIVE_INFINITY),
                real(point.path("max"), 0));
    }

    private static ExplicitHistogram explicit(JsonNode point) {
        JsonNode explicitBounds = point.path("explicitBounds");
        double[] bounds = new double[explicitBounds.size()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = real(explicitBounds.path(i), 0);
        }
        JsonNode bucketCounts = point.path("bucketCounts");
        long[] counts = bucketCounts.isEmpty() && bounds.length == 0
                ? new long[] {whole(point.path("count"))}
                : wholes(bucketCounts);
        if (counts.length != bounds.length + 1) {
            throw OtlpRefusal.malformed(
                    counts.length + " bucket counts for " + bounds.length + " bounds; expected one more than bounds");
        }
        return new ExplicitHistogram(
                bounds,
                counts,
                real(point.path("sum"), 0),
                real(point.path("min"), Double.NaN),
                real(point.path("max"), Double.NaN));
    }

    private static Map<String, String> attributes(JsonNode list) {
        Map<String, String> attributes = new HashMap<>();
        for (JsonNode attribute : list) {
            JsonNode value = attribute.path("value");
            String key = text(attribute.path("key"));
            if (value.has("stringValue")) {
                attributes.put(key, AttributeText.bounded(text(value.path("stringValue"))));
            } else if (value.has("boolValue")) {
                attributes.put(key, Boolean.toString(value.path("boolValue").asBoolean(false)));
            } else if (value.has("intValue")) {
                attributes.put(key, Long.toString(whole(value.path("intValue"))));
            } else if (value.has("doubleValue")) {
                attributes.put(key, Double.toString(real(value.path("doubleValue"), 0)));
            }
        }
        return attributes;
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }

    private static long[] wholes(JsonNode list) {
        long[] values = new long[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = whole(list.path(i));
        }
        return values;
    }

    private static int small(JsonNode node) {
        long value = whole(node);
        if (value != (int) value) {
            throw OtlpRefusal.malformed("The number " + value + " does not fit its field");
        }
        return (int) value;
    }

    private static long whole(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return 0;
        }
        try {
            if (node.isString()) {
                return Long.parseLong(node.stringValue());
            }
            if (node.isNumber()) {
                return node.longValue();
            }
        } catch (NumberFormatException | JacksonException ignored) {
            // the refusal below says what was found
        }
        throw OtlpRefusal.malformed("Found " + shown(node) + " where a whole number was expected");
    }

    /** Numbers, and the texts "NaN", "Infinity" and "-Infinity" of protobuf's JSON. */
    private static double real(JsonNode node, double absent) {
        if (node.isMissingNode() || node.isNull()) {
            return absent;
        }
        try {
            if (node.isString()) {
                return Double.parseDouble(node.stringValue());
            }
            if (node.isNumber()) {
                return node.doubleValue();
            }
        } catch (NumberFormatException | JacksonException ignored) {
            // the refusal below says what was found
        }
        throw OtlpRefusal.malformed("Found " + shown(node) + " where a number was expected");
    }

    /** What was found may be megabytes long. */
    private static String shown(JsonNode node) {
        if (node.isContainer()) {
            return node.isArray() ? "a list" : "an object";
        }
        String text = node.toString();
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
    }
}
