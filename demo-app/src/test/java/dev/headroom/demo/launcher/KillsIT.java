package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.demo.load.LoadCounts;
import dev.headroom.demo.load.LoadMix;
import dev.headroom.demo.load.LoadPlan;
import dev.headroom.demo.load.LoadRun;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The dashboard's process is ended with SIGKILL again and again while the shop is at work: some of the kills hit its start, the
 * others a moment at which it serves. Twelve kills take a minute;
 * {@code -Ddemo.kills=50} makes it fifty, {@code -Ddemo.seed=7} chooses the moments.
 */
class KillsIT {
    private static final int KILLS = Integer.getInteger("demo.kills", 6);
    private static final long SEED = Long.getLong("demo.seed", System.nanoTime());
    private static final int IN_START_OF_TEN = 4;
    private static final int LONGEST_START_MILLIS = 4_000;
    private static final int LONGEST_SERVICE_MILLIS = 2_500;

    /** Five times the usual number of requests, so that more kills meet one. */
    private static final Map<String, String> OFTEN = Map.of("HEADROOM_EXPORT_INTERVAL", "1s");

    private final Random random = new Random(SEED);
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
    void callsMadeAreCallsStoredToTheUnitAfterManyKills(@TempDir Path home) throws Exception {
        try (AttachedShop shop = new AttachedShop(home, embedded.servers(), OFTEN)) {
            LoadRun run = LoadRun.start(shop.address(), LoadMix.shop(), LoadPlan.endless(6, SEED));
            int inStart = 0;
            long begun = System.nanoTime();
            try (run) {
                for (int i = 0; i < KILLS; i++) {
                    inStart += killAtARandomMoment(shop) ? 1 : 0;
                }
                shop.awaitDashboard();
            }
            LoadCounts made = run.counts();
            assertThat(made.failed()).isZero();
            shop.awaitRequests(made, Duration.ofSeconds(60));
            System.out.printf(
                    "%d kills (%d while it started) in %d s, %d requests made, seed %d%n",
                    KILLS, inStart, Duration.ofNanos(System.nanoTime() - begun).toSeconds(), made.answered(), SEED);

            Map<String, Long> expected = new TreeMap<>();
            made.answers().keySet().forEach(route -> expected.put(route, made.answered(route)));
            expected.merge("GET /products/{id}/stock", 1L, Long::sum);
            assertThat(shop.counts("routes")).as("routes").isEqualTo(expected);
            Statements.assertEqual(shop, embedded.servers(), made);
            lookUpsEqualRedis(shop);
        }
    }

    /** Starts it again as well. Returns whether it was killed before it served. */
    private boolean killAtARandomMoment(AttachedShop shop) throws InterruptedException {
        if (random.nextInt(10) < IN_START_OF_TEN) {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_START_MILLIS)); // the moment is what is tested
        } else {
            shop.awaitDashboard();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_SERVICE_MILLIS));
        }
        boolean listens = listens(shop.dashboardAddress());
        shop.killDashboard();
        shop.launchDashboardAgain();
        return !listens;
    }

    private static boolean listens(URI address) {
        try (Socket ignored = new Socket(address.getHost(), address.getPort())) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Each miss is followed by a SET of what was looked up. */
    private void lookUpsEqualRedis(AttachedShop shop) throws Exception {
        Map<String, Long> ran = embedded.servers().commandCalls();
        JsonNode products = shop.items("caches").stream()
                .filter(cache -> cache.path("name").asString().startsWith("product:"))
                .findFirst()
                .orElseThrow();
        assertThat(products.path("hits").asLong()).as("hits").isEqualTo(ran.get("GET") - ran.get("SET"));
        assertThat(products.path("misses").asLong()).as("misses").isEqualTo(ran.get("SET"));
    }
}
