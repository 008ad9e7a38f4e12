package dev.headroom.dashboard.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.StartedDashboard;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.HistogramFlavor;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Micrometer's own OTLP registry as the sender, with the meters that Spring Boot and HikariCP register: what was counted is what
 * the lists show.
 */
class MicrometerSenderIT {
    private static final int FLUSHES = 3;
    private static final int CALLS = 40;

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

    /** A registry that sends when it is told to, at times that are told too. */
    private static final class Registry extends OtlpMeterRegistry {
        private final SetClock setClock;

        Registry(OtlpConfig config, SetClock clock) {
            super(config, clock);
            this.setClock = clock;
        }

        void flush() {
            setClock.millis += step().toMillis();
            publish();
        }

        private static Duration step() {
            return Duration.ofSeconds(10);
        }
    }

    /** Stands on a multiple of the step, an hour ago at first. */
    private static final class SetClock implements Clock {
        private long millis = (System.currentTimeMillis() - 600_000) / 10_000 * 10_000;

        @Override
        public long wallTime() {
            return millis;
        }

        @Override
        public long monotonicTime() {
            return millis * 1_000_000;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELTA, EXPLICIT_BUCKET_HISTOGRAM, true",
        "DELTA, BASE2_EXPONENTIAL_BUCKET_HISTOGRAM, true",
        "CUMULATIVE, EXPLICIT_BUCKET_HISTOGRAM, true",
        "CUMULATIVE, BASE2_EXPONENTIAL_BUCKET_HISTOGRAM, true",
        "CUMULATIVE, EXPLICIT_BUCKET_HISTOGRAM, false",
        "DELTA, EXPLICIT_BUCKET_HISTOGRAM, false"
    })
    void whatWasCountedIsOnTheLists(AggregationTemporality temporality, HistogramFlavor flavor, boolean histogram) {
        String service = temporality + "-" + flavor + "-" + histogram;
        Registry registry = new Registry(config(service, temporality, flavor), new SetClock());
        AtomicInteger active = new AtomicInteger();
        registry.gauge("hikaricp.connections.active", java.util.List.of(tag("pool", "main")), active);
        registry.gauge("hikaricp.connections.max", java.util.List.of(tag("pool", "main")), 10);
        registry.gauge("jdbc.connections.active", java.util.List.of(tag("name", "dataSource")), active);
        for (int flush = 0; flush < FLUSHES; flush++) {
            for (int i = 0; i < CALLS; i++) {
                record(registry, histogram, i);
            }
            active.set(flush + 1);
            registry.flush();
        }
        registry.close();

        items("routes", service)
                .jsonPath("$.items.length()")
                .isEqualTo(2)
                .jsonPath("$.items[?(@.name=='GET /pets/{id}')].count")
                .isEqualTo(FLUSHES * 30)
                .jsonPath("$.items[?(@.name=='POST /pets')].count")
                .isEqualTo(FLUSHES * 10)
                .jsonPath("$.items[?(@.name=='POST /pets')].status5xx")
                .isEqualTo(FLUSHES * 10)
                .jsonPath("$.items[?(@.name=='POST /pets')].errors")
                .isEqualTo(FLUSHES * 10)
                .jsonPath("$.items[?(@.name=='GET /pets/{id}')].errors")
                .isEqualTo(0)
                .jsonPath("$.items[?(@.name=='GET /pets/{id}')].totalMs")
                .value(total -> assertThat(number(total)).isCloseTo(FLUSHES * 30 * 20.0, Offset.offset(1e-3)));
        items("calls", service)
                .jsonPath("$.items[0].name")
                .isEqualTo("payments.example")
                .jsonPath("$.items[0].count")
                .isEqualTo(FLUSHES * CALLS);
        items("caches", service)
                .jsonPath("$.items[0].name")
                .isEqualTo("owners")
                .jsonPath("$.items[0].hits")
                .isEqualTo(FLUSHES * CALLS)
                .jsonPath("$.items[0].misses")
                .isEqualTo(FLUSHES * CALLS * 2);
        items("pools", service)
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].name")
                .isEqualTo("main")
                .jsonPath("$.items[0].count")
                .isEqualTo(FLUSHES * CALLS)
                .jsonPath("$.items[0].timeouts")
                .isEqualTo(FLUSHES * CALLS);
    }

    private static void record(MeterRegistry registry, boolean histogram, int i) {
        boolean post = i % 4 == 3;
        Timer.builder("http.server.requests")
                .tags("method", post ? "POST" : "GET", "uri", post ? "/pets" : "/pets/{id}")
                .tags("status", post ? "500" : "200", "outcome", post ? "SERVER_ERROR" : "SUCCESS")
                .tags(
                        "exception",
                        post ? "IllegalStateException" : "none",
                        "error",
                        post ? "IllegalStateException" : "none")
                .publishPercentileHistogram(histogram)
                .register(registry)
                .record(Duration.ofMillis(20));
        Timer.builder("http.client.requests")
                .tags("method", "GET", "uri", "/pay/{id}", "status", "200", "outcome", "SUCCESS")
                .tags("client.name", "payments.example", "exception", "none", "error", "none")
                .publishPercentileHistogram(histogram)
                .register(registry)
                .record(Duration.ofMillis(5));
        registry.counter("cache.gets", "cache", "owners", "result", "hit", "cache.manager", "m")
                .increment();
        registry.counter("cache.gets", "cache", "owners", "result", "miss", "cache.manager", "m")
                .increment(2);
        registry.timer("hikaricp.connections.usage", "pool", "main").record(Duration.ofMillis(3));
        registry.counter("hikaricp.connections.timeout", "pool", "main").increment();
    }

    private static io.micrometer.core.instrument.Tag tag(String key, String value) {
        return io.micrometer.core.instrument.Tag.of(key, value);
    }

    private static double number(Object found) {
        Object first = found instanceof Iterable<?> many ? many.iterator().next() : found;
        return ((Number) first).doubleValue();
    }

    private static WebTestClient.BodyContentSpec items(String list, String service) {
        return dashboard
                .client()
                .get()
                .uri("/api/v1/" + list + "?range=1h&service=" + service)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private static OtlpConfig config(String service, AggregationTemporality temporality, HistogramFlavor flavor) {
        return new OtlpConfig() {
            @Override
            public @Nullable String get(String key) {
                return null;
            }

            @Override
            public String url() {
                return dashboard.url() + "/v1/metrics";
            }

            @Override
            public Duration step() {
                return Registry.step();
            }

            @Override
            public AggregationTemporality aggregationTemporality() {
                return temporality;
            }

            @Override
            public HistogramFlavor histogramFlavor() {
                return flavor;
            }

            @Override
            public Map<String, String> resourceAttributes() {
                return Map.of("service.name", service, "service.instance.id", "one");
            }
        };
    }
}
