package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.headroom.dashboard.StartedDashboard;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * OpenTelemetry's own Java agent as the sender, in a process of its own: calls made = calls on the lists, whether they come as
 * metrics, as spans or as both.
 */
class OpenTelemetryAgentIT {
    private static final Path AGENT = Path.of("target", "libraries", "opentelemetry-javaagent-2.33.1.jar");
    private static final int TIMES = 40;
    private static final String NO_DATABASE = "otel.semconv-stability.opt-in=database";

    @TempDir
    static Path directory;

    private static StartedDashboard dashboard;

    @BeforeAll
    static void start() {
        dashboard = StartedDashboard.on(directory);
    }

    @AfterAll
    static void stop() {
        dashboard.close();
    }

    @Test
    void metricsAloneAsTheAgentSendsThemByDefault() throws Exception {
        run("metrics", Map.of("OTEL_TRACES_EXPORTER", "none"));

        http("metrics");
        items("routes", "metrics")
                .jsonPath("$.items[0].p95Between.highMs")
                .exists()
                .jsonPath("$.notes[0]")
                .value(String.class, note -> assertThat(note).contains("fixed buckets"));
        items("queries", "metrics")
                .jsonPath("$.items.length()")
                .isEqualTo(0)
                .jsonPath("$.notes[0]")
                .value(String.class, note -> assertThat(note).contains(NO_DATABASE));
        items("caches", "metrics")
                .jsonPath("$.notes[0]")
                .value(String.class, note -> assertThat(note).contains("no cache lookups"));
        pool("metrics");
        dashboard
                .client()
                .get()
                .uri("/api/v1/services")
                .exchange()
                .expectBody()
                .jsonPath("$.items[?(@.name=='metrics')].reports[?(@.subject=='queries')].reported")
                .isEqualTo(false);
        assertThat(page("/services/metrics")).contains(NO_DATABASE).contains("no cache lookups");
        assertThat(page("/caches?service=metrics")).contains("no cache lookups").doesNotContain("Jedis");
        assertThat(page("/routes?service=metrics")).contains("Percentiles are ranges");
    }

    private static String page(String path) {
        byte[] page = dashboard
                .client()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return page == null ? "" : new String(page, StandardCharsets.UTF_8);
    }

    @Test
    void metricsWithDatabaseDurationsInDeltasAndExponentialBuckets() throws Exception {
        run(
                "exponential",
                Map.of(
                        "OTEL_TRACES_EXPORTER",
                        "none",
                        "OTEL_SEMCONV_STABILITY_OPT_IN",
                        "database",
                        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
                        "delta",
                        "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
                        "BASE2_EXPONENTIAL_BUCKET_HISTOGRAM"));

        http("exponential");
        items("routes", "exponential").jsonPath("$.items[0].p95Between").isEmpty();
        items("queries", "exponential")
                .jsonPath("$.items[?(@.name=='select pet')].count")
                .isEqualTo(TIMES)
                .jsonPath("$.notes[*]")
                .value(Object.class, notes -> assertThat(notes.toString()).contains("No statement texts"));
        pool("exponential");
    }

    @Test
    void spansAndMetricsTogetherCountEveryCallOnce() throws Exception {
        run("both", Map.of("OTEL_BSP_SCHEDULE_DELAY", "100", "OTEL_METRIC_EXPORT_INTERVAL", "60000"));

        http("both");
        items("queries", "both")
                .jsonPath("$.items[?(@.operation=='SELECT')].count")
                .isEqualTo(TIMES)
                .jsonPath("$.items[?(@.operation=='SELECT')].name")
                .isEqualTo("SELECT name FROM pet WHERE id = ? AND ? = ?");
        pool("both");
    }

    @Test
    void spansAloneTellRoutesStatementsAndCalls() throws Exception {
        run("spans", Map.of("OTEL_METRICS_EXPORTER", "none"));

        http("spans");
        items("queries", "spans")
                .jsonPath("$.items[?(@.operation=='SELECT')].count")
                .isEqualTo(TIMES)
                .jsonPath("$.notes[0]")
                .value(String.class, note -> assertThat(note).contains("from spans"));
        assertThat(page("/queries?service=spans")).contains("Counted from spans");
    }

    private static void http(String service) {
        items("routes", service)
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].name")
                .value(String.class, name -> assertThat(name).startsWith("GET /pets"))
                .jsonPath("$.items[0].count")
                .isEqualTo(TIMES)
                .jsonPath("$.items[0].status5xx")
                .isEqualTo(TIMES / 10);
        items("calls", service)
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].count")
                .isEqualTo(TIMES);
    }

    private static void pool(String service) {
        items("pools", service)
                .jsonPath("$.items[0].name")
                .isEqualTo("main")
                .jsonPath("$.items[0].count")
                .isEqualTo(TIMES + 1);
    }

    private static WebTestClient.BodyContentSpec items(String list, String service) {
        return dashboard
                .client()
                .get()
                .uri("/api/v1/" + list + "?service=" + service)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private static void run(String service, Map<String, String> settings) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + AGENT.toAbsolutePath(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Stream.of(StockProgram.class, HikariDataSource.class, org.h2.Driver.class, LoggerFactory.class)
                        .map(OpenTelemetryAgentIT::origin)
                        .distinct()
                        .collect(Collectors.joining(File.pathSeparator)),
                StockProgram.class.getName(),
                Integer.toString(TIMES)));
        Path log = Files.createTempFile(directory, service, ".log");
        ProcessBuilder program =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        program.environment().put("OTEL_SERVICE_NAME", service);
        program.environment().put("OTEL_EXPORTER_OTLP_ENDPOINT", dashboard.url());
        program.environment().put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        program.environment().put("OTEL_LOGS_EXPORTER", "none");
        program.environment().put("OTEL_METRIC_EXPORT_INTERVAL", "1000");
        program.environment().putAll(settings);
        Process process = program.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(() -> read(log)).isZero();
            // The sender itself had nothing to complain of.
            assertThat(read(log)).doesNotContain("Failed to export").doesNotContain("WARN");
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String origin(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }
}
