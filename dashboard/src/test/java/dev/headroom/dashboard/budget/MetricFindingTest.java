package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics that a budget names itself. */
class MetricFindingTest {
    private Shop shop;

    @BeforeEach
    void open(@TempDir Path directory) {
        shop = new Shop(directory);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static String budget(String where, String measure, String limits) {
        return "{ id: x, signal: metric, window: 1m, where: { " + where + " }, measure: \"" + measure + "\", " + limits
                + " }";
    }

    @Test
    void aGaugeIsJudgedByItsReadings() {
        shop.budgets(budget("queue: orders", "max(queue.depth)", "target: \"< 10\", acceptable: \"< 20\""));
        for (int i = 0; i < 12; i++) {
            shop.gauge("queue.depth", Map.of("queue", "orders"), i == 6 ? 15.5 : 2);
            shop.gauge("queue.depth", Map.of("queue", "mail"), 99).next();
        }
        assertThat(shop.judge().only().status()).isEqualTo(Verdict.WARN);
        assertThat(shop.only().current()).isEqualTo("15.5");
    }

    @Test
    void aCounterIsJudgedByItsRate() {
        shop.budgets(budget("queue: any", "rate(orders_rejected_total)", "target: \"<= 1/s\""));
        for (int i = 0; i < 12; i++) {
            shop.sum("orders_rejected_total", Map.of("queue", "orders"), 20);
            shop.sum("orders_rejected_total", Map.of(), 500).next();
        }
        assertThat(shop.judge().only().status()).isEqualTo(Verdict.FAIL);
        assertThat(shop.only().current()).isEqualTo("4/s");
    }

    @Test
    void aHistogramIsJudgedByItsValuesWhichNeedNotBeWhole() {
        shop.budgets(
                budget("queue: orders", "p95(batch.weight)", "target: \"< 5\""),
                budget("queue: orders", "share(batch.weight > 4.5)", "target: \"< 10%\"")
                        .replace("id: x", "id: y"));
        shop.withoutLimits();
        for (int i = 0; i < 12; i++) {
            shop.durations("batch.weight", Map.of("queue", "orders"), 20, 4.7).next();
        }
        shop.judge();
        assertThat(shop.status("x").status()).isEqualTo(Verdict.PASS);
        assertThat(shop.status("y").status()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aMetricThatNobodySendsWasNeverSeen() {
        shop.budgets(budget("queue: orders", "max(queue.depth)", "target: \"< 10\""));
        shop.sum("other", Map.of(), 1).judge();
        assertThat(shop.only().reason()).isEqualTo("never-seen");
    }
}
