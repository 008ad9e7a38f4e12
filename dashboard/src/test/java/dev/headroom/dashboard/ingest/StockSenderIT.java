package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.StartedDashboard;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenTelemetry's own SDK as the sender: what it recorded is what the dashboard shows, also across a restart of the dashboard. */
class StockSenderIT {
    private static final int FLUSHES = 4;
    private static final int CALLS = 250;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"delta, exponential", "delta, explicit", "cumulative, exponential", "cumulative, explicit"})
    void totalsAreEqual(String temporality, String buckets) {
        String service = temporality + "-" + buckets;
        StartedDashboard dashboard = StartedDashboard.on(directory);
        int port = dashboard.port();
        double sum = 0;
        try (SdkMeterProvider provider = provider(port, service, temporality, buckets)) {
            Meter meter = provider.get("test");
            DoubleHistogram requests = meter.histogramBuilder("http.server.request.duration")
                    .setUnit("s")
                    .build();
            LongCounter gets = meter.counterBuilder("cache.gets").build();
            Random random = new Random(3);
            for (int flush = 0; flush < FLUSHES; flush++) {
                for (int i = 0; i < CALLS; i++) {
                    double seconds = Math.exp(random.nextGaussian() - 3);
                    sum += seconds;
                    requests.record(
                            seconds,
                            Attributes.of(
                                    AttributeKey.stringKey("http.route"),
                                    "/r" + i % 3,
                                    AttributeKey.stringKey("http.request.method"),
                                    "GET",
                                    AttributeKey.longKey("http.response.status_code"),
                                    i % 50 == 0 ? 500L : 200L));
                    gets.add(
                            2,
                            Attributes.of(
                                    AttributeKey.stringKey("cache"), "c", AttributeKey.stringKey("result"), "hit"));
                }
                assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                        .isTrue();
                if (flush == 1) {
                    dashboard.close();
                    dashboard = StartedDashboard.on(directory, "--server.port=" + port);
                }
            }
        }
        double total = sum;
        dashboard
                .client()
                .get()
                .uri("/api/v1/caches?service=" + service)
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].hits")
                .isEqualTo(2 * FLUSHES * CALLS);
        dashboard
                .client()
                .get()
                .uri("/api/v1/routes?service=" + service)
                .exchange()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(3)
                .jsonPath("$.items[*].count")
                .value(counts -> assertThat(sum(counts)).isEqualTo(FLUSHES * CALLS))
                .jsonPath("$.items[*].status5xx")
                .value(counts -> assertThat(sum(counts)).isEqualTo(FLUSHES * 5))
                .jsonPath("$.items[*].totalMs")
                .value(sums -> assertThat(sum(sums)).isCloseTo(total * 1000, Offset.offset(1e-6)));
        dashboard.close();
    }

    private static double sum(Object numbers) {
        double sum = 0;
        for (Object number : (Iterable<?>) numbers) {
            sum += ((Number) number).doubleValue();
        }
        return sum;
    }

    private static SdkMeterProvider provider(int port, String service, String temporality, String buckets) {
        boolean exponential = buckets.equals("exponential");
        OtlpHttpMetricExporter exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint("http://127.0.0.1:" + port + "/v1/metrics")
                .setCompression("gzip")
                .setAggregationTemporalitySelector(
                        temporality.equals("delta")
                                ? AggregationTemporalitySelector.deltaPreferred()
                                : AggregationTemporalitySelector.alwaysCumulative())
                .setDefaultAggregationSelector(
                        exponential
                                ? DefaultAggregationSelector.getDefault()
                                        .with(InstrumentType.HISTOGRAM, Aggregation.base2ExponentialBucketHistogram())
                                : DefaultAggregationSelector.getDefault())
                .build();
        return SdkMeterProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        service,
                        AttributeKey.stringKey("service.instance.id"),
                        "one")))
                .registerMetricReader(PeriodicMetricReader.builder(exporter)
                        .setInterval(Duration.ofHours(1))
                        .build())
                .build();
    }
}
