package dev.headroom.dashboard.ingest;

import com.google.protobuf.ByteString;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.AgentSender;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sound requests with a bit of everything, as our agents and as others send them. */
final class OtlpExamples {
    private OtlpExamples() {}

    /** Protobuf: an agent's window, then a stock sender's, delta and cumulative. */
    static List<byte[]> metrics() {
        return List.of(
                window(new AgentSender("shop")).body(),
                stock("stock", AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                        .toByteArray(),
                stock("stock", AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .toByteArray());
    }

    /** What one window of an agent looks like: routes with limits, a query, look-ups, a reading. */
    static AgentSender.Numbered window(AgentSender agent) {
        Map<String, String> route =
                Map.of("http.request.method", "GET", "http.route", "/naïve/{id}", "http.response.status_code", "200");
        return agent.duration(Metric.HTTP_SERVER_DURATION, route, 0, 0.0001, 0.02, 0.5, 3)
                .limits(Metric.HTTP_SERVER_DURATION, route, new double[] {0.1, 0.25}, 3, 0, 2)
                .duration(
                        Metric.DB_DURATION,
                        Map.of(
                                "db.system.name",
                                "postgresql",
                                "db.query.text",
                                "SELECT * FROM t WHERE id = ?",
                                "headroom.query.fingerprint",
                                "00ff00ff00ff00ff"),
                        0.003)
                .sum(Metric.CACHE_GETS, Map.of("cache", "c:*", "result", "hit"), 4)
                .gauge(Metric.POOL_COUNT, Map.of("db.client.connection.pool.name", "p"), 7)
                .next();
    }

    static ExportMetricsServiceRequest stock(String service, AggregationTemporality temporality) {
        long end = System.currentTimeMillis() * 1_000_000;
        long start = end - 5_000_000_000L;
        NumberDataPoint number = NumberDataPoint.newBuilder()
                .addAttributes(text("cache", "c"))
                .addAttributes(text("result", "hit"))
                .setStartTimeUnixNano(start)
                .setTimeUnixNano(end)
                .setAsInt(5)
                .build();
        HistogramDataPoint explicit = HistogramDataPoint.newBuilder()
                .addAttributes(text("http.route", "/a"))
                .setStartTimeUnixNano(start)
                .setTimeUnixNano(end)
                .setCount(6)
                .setSum(1.5)
                .addAllExplicitBounds(List.of(0.01, 0.1, 1.0))
                .addAllBucketCounts(List.of(1L, 2L, 3L, 0L))
                .setMin(0.001)
                .setMax(0.9)
                .build();
        ExponentialHistogramDataPoint exponential = ExponentialHistogramDataPoint.newBuilder()
                .addAttributes(text("http.route", "/b"))
                .setStartTimeUnixNano(start)
                .setTimeUnixNano(end)
                .setCount(7)
                .setSum(2)
                .setScale(3)
                .setZeroCount(1)
                .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder()
                        .setOffset(-20)
                        .addAllBucketCounts(List.of(1L, 2L, 3L)))
                .build();
        ScopeMetrics scope = ScopeMetrics.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("s").setVersion("1"))
                .addMetrics(metric("cache.gets", "{get}")
                        .setSum(Sum.newBuilder()
                                .setAggregationTemporality(temporality)
                                .setIsMonotonic(true)
                                .addDataPoints(number)))
                .addMetrics(metric("db.client.connections.usage", "1")
                        .setGauge(Gauge.newBuilder().addDataPoints(number)))
                .addMetrics(metric("http.server.request.duration", "s")
                        .setHistogram(Histogram.newBuilder()
                                .setAggregationTemporality(temporality)
                                .addDataPoints(explicit)))
                .addMetrics(metric("http.server.duration", "ms")
                        .setExponentialHistogram(ExponentialHistogram.newBuilder()
                                .setAggregationTemporality(temporality)
                                .addDataPoints(exponential)))
                .build();
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource(service))
                        .addScopeMetrics(scope))
                .build();
    }

    static byte[] spans() {
        Span span = Span.newBuilder()
                .setTraceId(ByteString.copyFrom(new byte[16]))
                .setSpanId(ByteString.copyFrom(new byte[8]))
                .setName("GET /a")
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(1_000_000_000_000_000_000L)
                .setEndTimeUnixNano(1_000_000_000_500_000_000L)
                .addAttributes(text("http.route", "/a"))
                .addAttributes(text("http.request.method", "GET"))
                .addEvents(Span.Event.newBuilder().setName("e").addAttributes(text("k", "v")))
                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
                .build();
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource("spans"))
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span).addSpans(span)))
                .build()
                .toByteArray();
    }

    static byte[] logs() {
        LogRecord log = LogRecord.newBuilder()
                .setTimeUnixNano(1_000_000_000_000_000_000L)
                .setBody(AnyValue.newBuilder().setStringValue("hello"))
                .addAttributes(text("k", "v"))
                .build();
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource("logs"))
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
                .build()
                .toByteArray();
    }

    /** All types of points in OTLP's JSON. */
    static List<byte[]> jsonMetrics() {
        List<byte[]> examples = new ArrayList<>();
        for (int temporality = 1; temporality <= 2; temporality++) {
            examples.add(json(temporality).getBytes(StandardCharsets.UTF_8));
        }
        return examples;
    }

    private static String json(int temporality) {
        long end = System.currentTimeMillis() * 1_000_000;
        String times = "\"startTimeUnixNano\":\"%d\",\"timeUnixNano\":\"%d\"".formatted(end - 5_000_000_000L, end);
        return """
                {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"json"}},
                {"key":"n","value":{"intValue":"7"}},{"key":"b","value":{"boolValue":true}},
                {"key":"l","value":{"arrayValue":{"values":[{"doubleValue":1.5}]}}}]},
                "scopeMetrics":[{"scope":{"name":"s"},"metrics":[
                {"name":"cache.gets","unit":"{get}","sum":{"aggregationTemporality":TT,"isMonotonic":true,"dataPoints":[
                {"attributes":[{"key":"cache","value":{"stringValue":"c"}}],TIMES,"asInt":"11"}]}},
                {"name":"db.client.connection.count","gauge":{"dataPoints":[{TIMES,"asDouble":4.5}]}},
                {"name":"http.server.request.duration","unit":"s","histogram":{"aggregationTemporality":TT,"dataPoints":[
                {TIMES,"count":"3","sum":0.5,"min":0.1,"max":0.3,"explicitBounds":[0.1,1],"bucketCounts":["1","2",0]}]}},
                {"name":"http.client.request.duration","unit":"s","exponentialHistogram":{"aggregationTemporality":TT,
                "dataPoints":[{TIMES,"count":"4","sum":0.5,"scale":2,"zeroCount":"1",
                "positive":{"offset":-3,"bucketCounts":["1","2"]}}]}},
                {"name":"old","summary":{"dataPoints":[{TIMES,"count":"1"}]}}]}]}]}
                """.replace("TIMES", times).replace("TT", Integer.toString(temporality));
    }

    private static io.opentelemetry.proto.metrics.v1.Metric.Builder metric(String name, String unit) {
        return io.opentelemetry.proto.metrics.v1.Metric.newBuilder()
                .setName(name)
                .setUnit(unit);
    }

    private static Resource resource(String service) {
        return Resource.newBuilder()
                .addAttributes(text("service.name", service))
                .addAttributes(text("service.instance.id", "one"))
                .build();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
