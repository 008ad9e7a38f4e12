package dev.headroom.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.demo.load.LoadCounts;
import dev.headroom.demo.load.LoadMix;
import dev.headroom.demo.load.LoadPlan;
import dev.headroom.demo.load.LoadRun;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop by itself, without the agent, on real PostgreSQL and Redis. */
class ShopIT {
    private static final Set<String> FAILING_ON_PURPOSE = Set.of("GET /quotes/{productId}", "GET /reports/bestsellers");

    @Test
    void answersEveryRouteOfTheMixAndFailsOnlyWhereItIsMeantTo(@TempDir Path home) throws Exception {
        int port = Ports.free();
        URI address = URI.create("http://127.0.0.1:" + port);
        try (Databases.Postgres postgres = Databases.Postgres.start(home);
                Databases.Redis redis = Databases.Redis.start();
                SupplierServer supplier = new SupplierServer()) {
            List<String> arguments =
                    new ArrayList<>(Neighbours.of(postgres, redis, supplier).asArguments());
            arguments.add("--server.port=" + port);
            try (ChildJvm shop = ChildJvm.start("shop", home, Map.of(), List.of("-Xmx256m"), Jars.SERVICE, arguments)) {
                shop.awaitAnswer(address.resolve("/products/1/stock"), Duration.ofMinutes(1));
                LoadRun run = LoadRun.start(address, LoadMix.shop(), new LoadPlan(4, 7, 0, 150));
                run.await();

                LoadCounts counts = run.counts();
                assertThat(counts.failed()).isZero();
                assertThat(counts.answered()).isEqualTo(600);
                assertThat(counts.answers()).hasSize(13);
                assertThat(counts.answers().keySet())
                        .filteredOn(route -> counts.serverErrors(route) > 0)
                        .isSubsetOf(FAILING_ON_PURPOSE)
                        .contains("GET /quotes/{productId}");
                assertThat(supplier.calls()).isEqualTo(counts.answered("GET /quotes/{productId}"));
            }
        }
    }
}
