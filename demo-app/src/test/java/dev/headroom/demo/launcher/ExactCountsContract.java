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

    private void commandsEqualRedis(AttachedShop shop) throws Exception {
        Map<String, Long> calls = servers().commandCalls();
        JsonNode products = shop.items("caches").stream()
                .filter(cache -> cache.path("name").asString().startsWith("product:"))
                .findFirst()
                .orElseThrow();
        long hits = products.path("hits").asLong();
        long misses = products.path("misses").asLong();
        assertThat(hits + misses).as("lookups of products").isEqualTo(calls.get("get"));
        assertThat(misses).as("misses, each of which is followed by a SET").isEqualTo(calls.get("set"));
        assertThat(products.path("count").asLong())
                .as("commands about products")
                .isEqualTo(calls.get("get") + calls.get("set") + calls.get("del"));
        // Baskets are written in a MULTI and read in a pipeline: one round trip each, whatever is inside. Jedis opens
        // each
        // connection with a pipeline of its own.
        Map<String, Long> roundTrips = shop.counts("caches");
        assertThat(roundTrips.get("MULTI")).as("transactions").isEqualTo(calls.get("exec"));
        assertThat(roundTrips.get("PIPELINE"))
                .as("pipelines, beside %s", calls)
                .isEqualTo(calls.get("hgetall") + calls.get(Servers.CONNECTIONS));
    }
}
