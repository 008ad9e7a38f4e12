package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.demo.load.LoadCounts;
import dev.headroom.demo.load.LoadMix;
import dev.headroom.demo.load.LoadPlan;
import dev.headroom.demo.load.LoadRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A dashboard that was away loses nothing and counts nothing twice. How long it is away: {@code -Ddemo.outage=60} for
 * seconds, 8 without; an agent that reports every second then misses as many answers as one of five seconds does in forty.
 */
class OutageIT {
    private static final int AWAY_SECONDS = Integer.getInteger("demo.outage", 8);

    private static final Map<String, String> OFTEN = Map.of("HEADROOM_EXPORT_INTERVAL", "1s");

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
    void totalsAgreeToTheUnitAfterAStopAndAfterAKillInMidLoad(@TempDir Path home) throws Exception {
        try (AttachedShop shop = new AttachedShop(home, embedded.servers(), OFTEN)) {
            LoadRun run = LoadRun.start(shop.address(), LoadMix.shop(), LoadPlan.endless(8, 3));
            try (run) {
                untilAnswered(run, 300);
                shop.stopDashboard();
                TimeUnit.SECONDS.sleep(AWAY_SECONDS); // the load goes on: this is the outage itself
                shop.startDashboardAgain();
                untilAnswered(run, run.counts().answered() + 300);
                shop.killDashboard();
                shop.startDashboardAgain();
                untilAnswered(run, run.counts().answered() + 300);
            }
            LoadCounts made = run.counts();
            assertThat(made.failed()).isZero();
            shop.awaitRequests(made, Duration.ofSeconds(60));

            Map<String, Long> expected = new TreeMap<>();
            made.answers().keySet().forEach(route -> expected.put(route, made.answered(route)));
            expected.merge("GET /products/{id}/stock", 1L, Long::sum);
            assertThat(shop.counts("routes")).isEqualTo(expected);
            Statements.assertEqual(shop, embedded.servers(), made);
        }
    }

    private static void untilAnswered(LoadRun run, long requests) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (run.counts().answered() < requests) {
            assertThat(System.nanoTime()).as("the load goes on").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
