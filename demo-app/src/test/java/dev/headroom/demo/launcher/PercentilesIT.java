package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.demo.load.Ask;
import dev.headroom.demo.load.LoadMix;
import dev.headroom.demo.load.LoadMix.Step;
import dev.headroom.demo.load.LoadPlan;
import dev.headroom.demo.load.LoadRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The percentiles shown are within the error printed beside them of those computed from every single duration. */
class PercentilesIT {
    // What the log and the agent measure differently: reading the request line, writing the log, whole microseconds.
    private static final double REFERENCE_MILLIS = 0.5;

    // By that much, two requests of nearly the same duration may change places between the two measurements.
    private static final double RANKS = 0.005;

    private EmbeddedServers embedded;

    @BeforeEach
    void start(@TempDir Path home) {
        embedded = new EmbeddedServers(home);
    }

    @AfterEach
    void stop() {
        embedded.close();
    }

    @Test
    void areWithinThePrintedErrorOfTheExactOnes(@TempDir Path home) throws Exception {
        AccessLog log = new AccessLog(home.resolve("access"));
        LoadMix reads = new LoadMix(List.of(
                step(8, "GET /reviews", "/reviews?reader=reader7"),
                step(20, "GET /products", "/products?page=3"),
                step(1, "GET /reports/bestsellers", "/reports/bestsellers")));
        try (AttachedShop shop = new AttachedShop(home.resolve("shop"), embedded.servers(), log.arguments())) {
            LoadRun run = LoadRun.start(shop.address(), reads, new LoadPlan(3, 5, 0, 300));
            run.await();
            assertThat(run.counts().failed()).isZero();
            shop.awaitRequests(run.counts(), Duration.ofSeconds(30));

            for (String route : List.of("GET /reviews", "GET /products", "GET /reports/bestsellers")) {
                JsonNode shown = shop.items("routes").stream()
                        .filter(item -> item.path("name").asString().equals(route))
                        .findFirst()
                        .orElseThrow();
                long[] exact = log.micros("GET", route.substring("GET ".length()));
                assertThat(shown.path("count").asLong()).isEqualTo(exact.length);
                assertWithin(route + " p50", shown.path("p50Ms"), exact, 0.50, shown.path("errorBound"));
                assertWithin(route + " p95", shown.path("p95Ms"), exact, 0.95, shown.path("errorBound"));
                assertWithin(route + " p99", shown.path("p99Ms"), exact, 0.99, shown.path("errorBound"));
            }
        }
    }

    private static Step step(int weight, String route, String path) {
        return new Step(weight, Duration.ZERO, visitor -> new Ask(route, "GET", path, null));
    }

    private static void assertWithin(String what, JsonNode shown, long[] sorted, double quantile, JsonNode bound) {
        double error = bound.asDouble();
        assertThat(error).as("printed error").isGreaterThan(0).isLessThanOrEqualTo(0.03);
        double low = millisAt(sorted, quantile - RANKS) * (1 - error) - REFERENCE_MILLIS;
        double high = millisAt(sorted, quantile + RANKS) * (1 + error) + REFERENCE_MILLIS;
        assertThat(shown.asDouble())
                .as("%s: exact %s ms, printed error %s", what, millisAt(sorted, quantile), bound)
                .isBetween(low, high);
    }

    /** Nearest rank. */
    private static double millisAt(long[] sorted, double quantile) {
        int rank = (int) Math.ceil(quantile * sorted.length);
        return sorted[Math.max(1, Math.min(sorted.length, rank)) - 1] / 1000.0;
    }
}
