package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.headroom.dashboard.AgentSender;
import dev.headroom.dashboard.StartedDashboard;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What the OTLP specification 1.11 asks of a receiver, read with its own message classes. */
class OtlpConformanceIT {
    private static final MediaType PROTOBUF = MediaType.parseMediaType("application/x-protobuf");
    private static final int SMALL_LIMIT = 200_000;

    @TempDir
    static Path directory;

    private static StartedDashboard dashboard;

    @BeforeAll
    static void start() {
        dashboard = StartedDashboard.on(directory, "--headroom.ingest.max-request=" + SMALL_LIMIT + "B");
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @Test
    void anEmptyRequestIsASuccess() throws Exception {
        for (String path : new String[] {"/v1/metrics", "/v1/logs", "/v1/traces"}) {
            EntityExchangeResult<byte[]> answer = post(path, PROTOBUF, new byte[0])
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .contentType(PROTOBUF)
                    .expectBody()
                    .returnResult();
            assertThat(bytes(answer)).isEmpty();
            post(path, MediaType.APPLICATION_JSON, text("{}"))
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_JSON)
                    .expectBody(String.class)
                    .isEqualTo("{}");
        }
    }

    @Test
    void fullSuccessLeavesPartialSuccessUnset() throws Exception {
        assertThat(metrics(request("full", point(5, now()))))
                .isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
        assertThat(total("full")).isEqualTo(5);
    }

    @Test
    void takesGzip() throws Exception {
        client().post()
                .uri("/v1/metrics")
                .contentType(PROTOBUF)
                .header("Content-Encoding", "gzip")
                .bodyValue(gzip(request("zipped", point(7, now())).toByteArray()))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(total("zipped")).isEqualTo(7);
    }

    @Test
    void takesJsonWithNumbersAsTextAndUnknownFields() {
        long time = now();
        String json = """
                {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"json"}},
                {"key":"some.list","value":{"arrayValue":{"values":[]}}}]},"future":{"a":1},
                "scopeMetrics":[{"scope":{"name":"s"},"metrics":[{"name":"cache.gets","unit":"{get}","sum":{
                "aggregationTemporality":1,"isMonotonic":true,"dataPoints":[
                {"attributes":[{"key":"cache","value":{"stringValue":"c"}},{"key":"result","value":{"stringValue":"hit"}}],
                "startTimeUnixNano":"%d","timeUnixNano":"%d","asInt":"11"},
                {"attributes":[{"key":"cache","value":{"stringValue":"c"}},{"key":"result","value":{"stringValue":"miss"}}],
                "startTimeUnixNano":%d,"timeUnixNano":%d,"asDouble":4}]}}]}]}]}
                """.formatted(time - 1_000_000_000L, time, time - 1_000_000_000L, time);
        post("/v1/metrics", MediaType.APPLICATION_JSON, text(json))
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody(String.class)
                .isEqualTo("{}");
        client().get()
                .uri("/api/v1/caches?service=json")
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].hits")
                .isEqualTo(11)
                .jsonPath("$.items[0].misses")
                .isEqualTo(4);
    }

    @Test
    void jsonHistogramsOfBothKindsAreRead() {
        long time = now();
        String json = """
                {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"jsonh"}}]},
                "scopeMetrics":[{"metrics":[
                {"name":"http.server.request.duration","unit":"s","exponentialHistogram":{"aggregationTemporality":1,"dataPoints":[
                {"attributes":[{"key":"http.route","value":{"stringValue":"/e"}}],"startTimeUnixNano":"1","timeUnixNano":"%d",
                "count":"3","sum":3.0,"scale":0,"zeroCount":"1","positive":{"offset":-1,"bucketCounts":["2"]},"min":0,"max":1}]}},
                {"name":"http.client.request.duration","unit":"s","histogram":{"aggregationTemporality":1,"dataPoints":[
                {"attributes":[{"key":"server.address","value":{"stringValue":"h"}}],"startTimeUnixNano":"1","timeUnixNano":"%d",
                "count":3,"sum":0.3,"explicitBounds":[0.1,0.5],"bucketCounts":[1,"2",0]}]}}]}]}]}
                """.formatted(time, time);
        post("/v1/metrics", MediaType.APPLICATION_JSON, text(json))
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("{}");
        client().get()
                .uri("/api/v1/routes?service=jsonh")
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].count")
                .isEqualTo(3);
        client().get()
                .uri("/api/v1/calls?service=jsonh")
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].count")
                .isEqualTo(3);
    }

    @Test
    void otherContentTypesAre415WithAReason() {
        post("/v1/metrics", MediaType.TEXT_PLAIN, text("hello"))
                .expectStatus()
                .isEqualTo(415)
                .expectBody(String.class)
                .value(body -> assertThat(body).contains("text/plain").contains("x-protobuf"));
        client().post()
                .uri("/v1/metrics")
                .contentType(PROTOBUF)
                .header("Content-Encoding", "zstd")
                .bodyValue(new byte[] {1})
                .exchange()
                .expectStatus()
                .isEqualTo(415);
    }

    @Test
    void malformedDataAre400WithAStatusInTheRequestsEncoding() throws Exception {
        EntityExchangeResult<byte[]> answer = post("/v1/metrics", PROTOBUF, new byte[] {10, 120, 1})
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(PROTOBUF)
                .expectBody()
                .returnResult();
        CodedInputStream status = CodedInputStream.newInstance(bytes(answer));
        assertThat(status.readTag()).isEqualTo(1 << 3);
        assertThat(status.readInt32()).isEqualTo(3);
        assertThat(status.readTag()).isEqualTo(2 << 3 | 2);
        assertThat(status.readString()).contains("byte");

        post("/v1/metrics", MediaType.APPLICATION_JSON, text("{\"resourceMetrics\":["))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(3)
                .jsonPath("$.message")
                .isNotEmpty();
        post("/v1/logs", PROTOBUF, new byte[] {10, 120, 1}).expectStatus().isBadRequest();
        post("/v1/traces", MediaType.APPLICATION_JSON, text("[1]"))
                .expectStatus()
                .isBadRequest();
        client().post()
                .uri("/v1/metrics")
                .contentType(PROTOBUF)
                .header("Content-Encoding", "gzip")
                .bodyValue(new byte[] {1, 2, 3})
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void beyondTheLimitIs413AlsoAfterDecompression() throws Exception {
        post("/v1/metrics", PROTOBUF, new byte[SMALL_LIMIT + 1]).expectStatus().isEqualTo(413);
        byte[] bomb = gzip(new byte[50 << 20]);
        assertThat(bomb).hasSizeLessThan(SMALL_LIMIT);
        client().post()
                .uri("/v1/metrics")
                .contentType(PROTOBUF)
                .header("Content-Encoding", "gzip")
                .bodyValue(bomb)
                .exchange()
                .expectStatus()
                .isEqualTo(413);
    }

    @Test
    void beyondTheLimitIs413AlsoWithoutALengthAndSaidInTheRequestsEncoding() throws Exception {
        for (String type : new String[] {"application/x-protobuf", "application/json"}) {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(dashboard.url() + "/v1/metrics"))
                                    .header("Content-Type", type)
                                    .POST(HttpRequest.BodyPublishers.ofInputStream(
                                            () -> new ByteArrayInputStream(new byte[2 * SMALL_LIMIT])))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
            assertThat(answer.body()).startsWith(type.endsWith("json") ? text("{\"code\":8") : new byte[] {8, 8});
        }
    }

    @Test
    void gzipInSeveralMembersIsWholeAndCutGzipIsRefused() throws Exception {
        byte[] request = request("members", point(2, now())).toByteArray();
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip(Arrays.copyOf(request, 10)));
        members.write(gzip(Arrays.copyOfRange(request, 10, request.length)));
        zipped(members.toByteArray()).expectStatus().isOk();
        assertThat(total("members")).isEqualTo(2);
        byte[] whole = gzip(request);
        zipped(Arrays.copyOf(whole, whole.length - 6)).expectStatus().isBadRequest();
    }

    private static WebTestClient.ResponseSpec zipped(byte[] body) {
        return client().post()
                .uri("/v1/metrics")
                .contentType(PROTOBUF)
                .header("Content-Encoding", "gzip")
                .bodyValue(body)
                .exchange();
    }

    @Test
    void manyFaultsDoNotMakeALongAnswer() throws Exception {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
        for (int i = 0; i < 1_000; i++) {
            scope.addMetrics(Metric.newBuilder()
                    .setName("bad.number." + i)
                    .setSum(Sum.newBuilder()
                            .setIsMonotonic(true)
                            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                            .addDataPoints(NumberDataPoint.newBuilder()
                                    .setAsDouble(Double.NaN)
                                    .setTimeUnixNano(now()))));
        }
        request.addResourceMetrics(ResourceMetrics.newBuilder().addScopeMetrics(scope));
        ExportMetricsServiceResponse answer = metrics(request.build());

        assertThat(answer.getPartialSuccess().getRejectedDataPoints()).isEqualTo(1_000);
        assertThat(answer.getPartialSuccess().getErrorMessage()).hasSizeLessThan(2_100);
    }

    @Test
    void onlyPostIsAnswered() {
        client().get().uri("/v1/metrics").exchange().expectStatus().isEqualTo(405);
    }

    @Test
    void badPointsAreRejectedAloneAndSaidSo() throws Exception {
        ExportMetricsServiceResponse answer = metrics(request(
                "partial",
                point(3, now()),
                point(Double.NaN, now()).toBuilder()
                        .addAttributes(attribute("a", "1"))
                        .build(),
                point(-1, now()).toBuilder().addAttributes(attribute("a", "2")).build(),
                point(1, 0).toBuilder().addAttributes(attribute("a", "3")).build()));

        assertThat(answer.getPartialSuccess().getRejectedDataPoints()).isEqualTo(3);
        assertThat(answer.getPartialSuccess().getErrorMessage())
                .contains("NaN")
                .contains("negative")
                .contains("without a time");
        assertThat(total("partial")).isEqualTo(3);
    }

    @Test
    void summariesAreRejected() throws Exception {
        Metric summary = Metric.newBuilder()
                .setName("old")
                .setSummary(Summary.newBuilder()
                        .addDataPoints(SummaryDataPoint.newBuilder().setTimeUnixNano(now())))
                .build();
        ExportMetricsServiceResponse answer = metrics(wrap("summaries", summary));

        assertThat(answer.getPartialSuccess().getRejectedDataPoints()).isEqualTo(1);
    }

    @Test
    void pointsWithoutARecordedValueAreIgnored() throws Exception {
        NumberDataPoint stale = point(9, now()).toBuilder().setFlags(1).build();

        assertThat(metrics(request("stale", stale))).isEqualTo(ExportMetricsServiceResponse.getDefaultInstance());
    }

    @Test
    void logsAreCountedAndNotKeptAndSpansWithoutAnIdRejected() throws Exception {
        ExportLogsServiceRequest logs = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addLogRecords(LogRecord.newBuilder().setTimeUnixNano(1))
                                .addLogRecords(LogRecord.newBuilder().setTimeUnixNano(2))))
                .build();
        ExportLogsServiceResponse answer =
                ExportLogsServiceResponse.parseFrom(bytes(post("/v1/logs", PROTOBUF, logs.toByteArray())
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()));
        assertThat(answer.getPartialSuccess().getRejectedLogRecords()).isEqualTo(2);
        assertThat(answer.getPartialSuccess().getErrorMessage()).contains("metrics only");

        ExportTraceServiceRequest traces = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .addSpans(
                                        Span.newBuilder().setName("s").setTraceId(ByteString.copyFrom(new byte[16])))))
                .build();
        ExportTraceServiceResponse traced =
                ExportTraceServiceResponse.parseFrom(bytes(post("/v1/traces", PROTOBUF, traces.toByteArray())
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()));
        assertThat(traced.getPartialSuccess().getRejectedSpans()).isEqualTo(1);

        post(
                        "/v1/logs",
                        MediaType.APPLICATION_JSON,
                        text("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1\"}]}]}]}"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.partialSuccess.rejectedLogRecords")
                .isEqualTo("1");
    }

    @Test
    void numberedRequestsAreAcknowledgedOnceAndRepeatsToo() {
        AgentSender agent = new AgentSender("numbered");
        AgentSender.Numbered request = agent.duration(
                        dev.headroom.catalog.Metric.HTTP_SERVER_DURATION, Map.of("http.route", "/n"), 0.01)
                .next();

        assertThat(request.post(dashboard).headers().firstValue("Headroom-Ack")).contains("1");
        assertThat(request.post(dashboard).headers().firstValue("Headroom-Ack")).contains("1");
        client().get()
                .uri("/api/v1/routes?service=numbered")
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].count")
                .isEqualTo(1);
        client().get()
                .uri("/api/v1/instances?service=numbered")
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].duplicates")
                .isEqualTo(1);
    }

    @Test
    void numbersThatAreNoneAre400() {
        for (String key : new String[] {
            "1", "x:m:1", "00000000-0000-0000-0000-000000000001:l:1", "00000000-0000-0000-0000-000000000001:m:0"
        }) {
            client().post()
                    .uri("/v1/metrics")
                    .contentType(PROTOBUF)
                    .header("Idempotency-Key", key)
                    .bodyValue(request("keys", point(1, now())).toByteArray())
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
    }

    private static WebTestClient client() {
        return dashboard.client();
    }

    private static WebTestClient.ResponseSpec post(String path, MediaType type, byte[] body) {
        return client().post().uri(path).contentType(type).bodyValue(body).exchange();
    }

    private static ExportMetricsServiceResponse metrics(ExportMetricsServiceRequest request)
            throws InvalidProtocolBufferException {
        return ExportMetricsServiceResponse.parseFrom(bytes(post("/v1/metrics", PROTOBUF, request.toByteArray())
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(PROTOBUF)
                .expectBody()
                .returnResult()));
    }

    private static long total(String service) {
        long[] hits = new long[1];
        client().get()
                .uri("/api/v1/caches?service=" + service)
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].hits")
                .value(Integer.class, value -> hits[0] = value);
        return hits[0];
    }

    private static ExportMetricsServiceRequest request(String service, NumberDataPoint... points) {
        Sum.Builder sum = Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
        for (NumberDataPoint point : points) {
            sum.addDataPoints(point);
        }
        return wrap(
                service, Metric.newBuilder().setName("cache.gets").setSum(sum).build());
    }

    private static ExportMetricsServiceRequest wrap(String service, Metric metric) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", service)))
                        .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
                .build();
    }

    private static NumberDataPoint point(double value, long time) {
        return NumberDataPoint.newBuilder()
                .setAsDouble(value)
                .setTimeUnixNano(time)
                .setStartTimeUnixNano(Math.max(0, time - 1_000_000_000L))
                .addAttributes(attribute("cache", "c"))
                .addAttributes(attribute("result", "hit"))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static long now() {
        return Instant.now().toEpochMilli() * 1_000_000;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(EntityExchangeResult<byte[]> answer) {
        byte[] body = answer.getResponseBody();
        return body == null ? new byte[0] : body;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
