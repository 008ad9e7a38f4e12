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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What the dashboard counts is what was asked, what PostgreSQL ran, what Redis ran and what the supplier received: to
 * the unit, since the servers' start.
 */
abstract class ExactCountsContract {
    /** Fresh servers, which nobody has used. */
    abstract Servers servers();

    @Test
    void everyCountEqualsTheOtherSidesOwn(@TempDir Path home) throws Exception {
        try (AttachedShop shop = new AttachedShop(home, servers())) {
            LoadRun run = LoadRun.start(shop.address(), LoadMix.shop(), new LoadPlan(6, 11, 0.2, 200));
            run.await();
            LoadCounts made = run.counts();
            assertThat(made.failed()).isZero();
            shop.awaitRequests(made, Duration.ofSeconds(30));

            requestsEqualTheLoadsOwn(shop, made);
            Statements.assertEqual(shop, servers(), made);
            commandsEqualRedis(shop);
            assertThat(shop.counts("calls").values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("outgoing calls")
                    .isEqualTo(shop.supplier().calls());
        }
    }

    private static void requestsEqualTheLoadsOwn(AttachedShop shop, LoadCounts made) throws Exception {
        Map<String, Long> expected = new TreeMap<>();
        Map<String, Long> expectedErrors = new TreeMap<>();
        for (String route : made.answers().keySet()) {
            expected.put(route, made.answered(route));
            expectedErrors.put(route, made.serverErrors(route));
        }
        expected.merge("GET /products/{id}/stock", 1L, Long::sum);
        assertThat(shop.counts("routes")).isEqualTo(expected);

        Map<String, Long> errors = new TreeMap<>();
        for (JsonNode route : shop.items("routes")) {
            errors.put(route.path("name").asString(), route.path("errors").asLong());
        }
        assertThat(errors).as("errors").isEqualTo(expectedErrors);
    }

    /** All of them: those in pipelines and transactions, the greetings of new connections and what no request caused. */
    private void commandsEqualRedis(AttachedShop shop) throws Exception {
        Map<String, Long> seen = commands(shop);
        Map<String, Long> ran = servers().commandCalls();
        // What the pool of connections asks by itself, twice a minute, is on the dashboard one window later.
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!seen.equals(ran) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
            seen = commands(shop);
            ran = servers().commandCalls();
        }
        assertThat(seen).as("commands").isEqualTo(ran);
        assertThat(ran)
                .as("commands by Redis' own count")
                .containsKeys("GET", "SET", "DEL", "MULTI", "EXEC", "HINCRBY", "HGETALL", "CLIENT");

        JsonNode products = shop.items("caches").stream()
                .filter(cache -> cache.path("name").asString().startsWith("product:"))
                .findFirst()
                .orElseThrow();
        assertThat(products.path("hits").asLong() + products.path("misses").asLong())
                .as("lookups of products")
                .isEqualTo(ran.get("GET"));
        assertThat(products.path("misses").asLong())
                .as("misses, each of which is followed by a SET")
                .isEqualTo(ran.get("SET"));
    }

    /** Redis command to its count over all rows, each of which counts the commands that it lists. */
    private static Map<String, Long> commands(AttachedShop shop) throws Exception {
        Map<String, Long> commands = new TreeMap<>();
        for (JsonNode row : shop.items("caches")) {
            long listed = 0;
            for (JsonNode command : row.path("commands")) {
                long count = command.path("count").asLong();
                commands.merge(command.path("operation").asString(), count, Long::sum);
                listed += count;
            }
            assertThat(row.path("count").asLong()).as("count of %s", row).isEqualTo(listed);
        }
        return commands;
    }
}
