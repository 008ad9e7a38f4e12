package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.headroom.dashboard.StartedDashboard;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Senders of spans: what they called is on the lists, once, whatever else they send and however often. */
class SpanSenderIT {
    private static final MediaType PROTOBUF = MediaType.parseMediaType("application/x-protobuf");
    private static final int REQUESTS = 50;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path directory;

    private StartedDashboard dashboard;
    private final long now = Instant.now().getEpochSecond() / 5 * 5 * SECOND;

    @BeforeEach
    void start() {
        dashboard = StartedDashboard.on(directory);
    }

    @AfterEach
    void stop() {
        dashboard.close();
    }

    @Test
    void spansOfOpenTelemetrysSdkBecomeRoutesStatementsCallsAndRedisCommands() {
        try (SdkTracerProvider provider = provider("sdk")) {
            Tracer tracer = provider.get("test");
            for (int i = 0; i < REQUESTS; i++) {
                request(tracer, i);
            }
            assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
        }
        items("routes", "sdk")
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].name")
                .isEqualTo("GET /pets/{id}")
                .jsonPath("$.items[0].count")
                .isEqualTo(REQUESTS)
                .jsonPath("$.items[0].status5xx")
                .isEqualTo(REQUESTS / 10)
                .jsonPath("$.items[0].p50Ms")
                .value(Double.class, median -> assertThat(median).isBetween(19.5, 20.5));
        items("queries", "sdk")
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].name")
                .isEqualTo("SELECT name FROM pets WHERE id = ?")
                .jsonPath("$.items[0].fingerprint")
                .value(String.class, fingerprint -> assertThat(fingerprint).hasSize(16))
                .jsonPath("$.items[0].count")
                .isEqualTo(REQUESTS);
        items("calls", "sdk")
                .jsonPath("$.items[0].name")
                .isEqualTo("pay.example:443")
                .jsonPath("$.items[0].count")
                .isEqualTo(REQUESTS);
        items("caches", "sdk")
                .jsonPath("$.items[0].name")
                .isEqualTo("GET")
                .jsonPath("$.items[0].count")
                .isEqualTo(REQUESTS);
    }

    private static void request(Tracer tracer, int i) {
        boolean fails = i % 10 == 0;
        long start = Instant.now().toEpochMilli() - 1_000;
        io.opentelemetry.api.trace.Span server = tracer.spanBuilder("GET /pets/{id}")
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(start, TimeUnit.MILLISECONDS)
                .setAttribute("http.request.method", "GET")
                .setAttribute("http.route", "/pets/{id}")
                .setAttribute("url.path", "/pets/" + i)
                .setAttribute("http.response.status_code", fails ? 500L : 200L)
                .startSpan();
        child(
                tracer,
                SpanKind.CLIENT,
                start,
                Attributes.of(
                        AttributeKey.stringKey("db.system"),
                        "postgresql",
                        AttributeKey.stringKey("db.statement"),
                        "select name  from pets where id = " + i));
        child(
                tracer,
                SpanKind.CLIENT,
                start,
                Attributes.of(
                        AttributeKey.stringKey("db.system.name"),
                        "redis",
                        AttributeKey.stringKey("db.query.text"),
                        "GET pet:" + i));
        child(
                tracer,
                SpanKind.CLIENT,
                start,
                Attributes.of(
                        AttributeKey.stringKey("http.request.method"),
                        "POST",
                        AttributeKey.stringKey("server.address"),
                        "pay.example",
                        AttributeKey.longKey("server.port"),
                        443L));
        child(tracer, SpanKind.INTERNAL, start, Attributes.empty());
        if (fails) {
            server.setStatus(StatusCode.ERROR);
        }
        server.end(start + 20, TimeUnit.MILLISECONDS);
    }

    private static void child(Tracer tracer, SpanKind kind, long start, Attributes attributes) {
        tracer.spanBuilder("child")
                .setSpanKind(kind)
                .setStartTimestamp(start, TimeUnit.MILLISECONDS)
                .setAllAttributes(attributes)
                .startSpan()
                .end(start + 5, TimeUnit.MILLISECONDS);
    }

    @Test
    void aRequestThatIsSentAgainIsCountedOnceAlsoAfterARestart() {
        byte[] request = spans("again", List.of(now, now + 1, now + 2), "");
        post("/v1/traces", request);
        post("/v1/traces", request);
        assertThat(count("again")).isEqualTo(3);

        dashboard.close();
        dashboard = StartedDashboard.on(directory);
        post("/v1/traces", request);
        assertThat(count("again")).isEqualTo(3);
    }

    @Test
    void spansThatComeAgainInOtherCompanyAreCountedOnce() {
        post("/v1/traces", spans("mixed", List.of(now, now + 1), ""));
        post("/v1/traces", spans("mixed", List.of(now + 1, now + 2), ""));

        assertThat(count("mixed")).isEqualTo(3);
    }

    @Test
    void whereMetricsComeAfterSpansEveryCallIsCountedOnce() {
        long begin = now - 100 * SECOND;
        post("/v1/traces", spans("both", List.of(begin + 1, begin + 2, begin + 3), ""));
        assertThat(count("both")).isEqualTo(3);
        // Four calls until here by the sender's metrics; the span of the fourth is still on its way.
        post("/v1/metrics", metrics("both", begin - SECOND, begin + 10 * SECOND, 4));
        assertThat(count("both")).isEqualTo(3);
        post("/v1/traces", spans("both", List.of(begin + 9 * SECOND), ""));
        assertThat(count("both")).isEqualTo(4);
        post("/v1/traces", spans("both", List.of(begin + 12 * SECOND, begin + 13 * SECOND), ""));
        assertThat(count("both")).isEqualTo(4);
        post("/v1/metrics", metrics("both", begin - SECOND, begin + 20 * SECOND, 6));
        assertThat(count("both")).isEqualTo(6);
    }

    @Test
    void whereMetricsCameFirstSpansDoNotCount() {
        long begin = now - 100 * SECOND;
        post("/v1/metrics", metrics("first", begin - SECOND, begin + 10 * SECOND, 4));
        post("/v1/traces", spans("first", List.of(begin + 9 * SECOND, begin + 11 * SECOND), ""));

        assertThat(count("first")).isEqualTo(4);
    }

    @Test
    void sampledSpansAreMarked() {
        assertThat(ReceivedSpan.sampled("ot=th:8;rv:1,vendor=x")).isTrue();
        assertThat(ReceivedSpan.sampled("vendor=x,ot=th:0")).isFalse();
        assertThat(ReceivedSpan.sampled("")).isFalse();
        post("/v1/traces", spans("sampled", List.of(now), "ot=th:8"));

        assertThat(count("sampled")).isEqualTo(1);
    }

    @Test
    void badSpansAreRejectedAloneAndSaidSo() {
        String json = """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"bad"}}]},
                "scopeSpans":[{"spans":[
                {"traceId":"00000000000000000000000000000000","spanId":"0102030405060708","kind":2,"startTimeUnixNano":"1","endTimeUnixNano":"2"},
                {"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708","kind":2,"startTimeUnixNano":"%d",
                 "endTimeUnixNano":"%d","status":{"code":2},"attributes":[{"key":"http.request.method","value":{"stringValue":"GET"}}]},
                {"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060709","kind":2,"startTimeUnixNano":"9","endTimeUnixNano":"8"}
                ]}]}]}
                """.formatted(now, now + 5);
        dashboard
                .client()
                .post()
                .uri("/v1/traces")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.partialSuccess.rejectedSpans")
                .isEqualTo("2");
        items("routes", "bad")
                .jsonPath("$.items[0].name")
                .isEqualTo("GET unmatched")
                .jsonPath("$.items[0].errors")
                .isEqualTo(1);
    }

    private void post(String path, byte[] body) {
        dashboard
                .client()
                .post()
                .uri(path)
                .contentType(PROTOBUF)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .isEmpty();
    }

    private long count(String service) {
        long[] count = new long[1];
        items("routes", service).jsonPath("$.items[0].count").value(Integer.class, value -> count[0] = value);
        return count[0];
    }

    private WebTestClient.BodyContentSpec items(String list, String service) {
        return dashboard
                .client()
                .get()
                .uri("/api/v1/" + list + "?range=1h&service=" + service)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private SdkTracerProvider provider(String service) {
        return SdkTracerProvider.builder()
                .setResource(io.opentelemetry.sdk.resources.Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        service,
                        AttributeKey.stringKey("service.instance.id"),
                        "one")))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(dashboard.url() + "/v1/traces")
                                .setCompression("gzip")
                                .build())
                        .build())
                .build();
    }

    /** Requests that ended at these times; the time is their identity too. */
    private static byte[] spans(String service, List<Long> ends, String traceState) {
        List<Span> spans = new ArrayList<>();
        for (long end : ends) {
            byte[] id = ByteBuffer.allocate(8).putLong(end).array();
            spans.add(Span.newBuilder()
                    .setTraceId(ByteString.copyFrom(
                            ByteBuffer.allocate(16).put(id).put(id).array()))
                    .setSpanId(ByteString.copyFrom(id))
                    .setTraceState(traceState)
                    .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                    .setName("GET /a")
                    .setStartTimeUnixNano(end - 1_000_000)
                    .setEndTimeUnixNano(end)
                    .addAttributes(attribute("http.request.method", "GET"))
                    .addAttributes(attribute("http.route", "/a"))
                    .build());
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource(service))
                        .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(spans)))
                .build()
                .toByteArray();
    }

    private static byte[] metrics(String service, long start, long time, long total) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource(service))
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder()
                                        .setName("http.server.request.duration")
                                        .setUnit("s")
                                        .setHistogram(Histogram.newBuilder()
                                                .setAggregationTemporality(
                                                        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                                                .addDataPoints(HistogramDataPoint.newBuilder()
                                                        .setStartTimeUnixNano(start)
                                                        .setTimeUnixNano(time)
                                                        .setCount(total)
                                                        .setSum(total * 0.001)
                                                        .addExplicitBounds(0.1)
                                                        .addBucketCounts(total)
                                                        .addBucketCounts(0)
                                                        .addAttributes(attribute("http.request.method", "GET"))
                                                        .addAttributes(attribute("http.route", "/a")))))))
                .build()
                .toByteArray();
    }

    private static Resource resource(String service) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", service))
                .addAttributes(attribute("service.instance.id", "one"))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
