package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service does now against what it did before. */
class ComparisonTest {
    private static final Map<String, String> LIST =
            Map.of("http.request.method", "GET", "http.route", "/p", "http.response.status_code", "200");

    private final Map<String, Instant> names = new HashMap<>();
    private final java.util.TreeSet<Instant> deploys = new java.util.TreeSet<>();
    private Shop shop;

    @BeforeEach
    void open(@TempDir Path directory) {
        shop = new Shop(directory).epochs(new Epochs() {
            @Override
            public @Nullable Instant lastDeploy(String service, Instant before) {
                return deploys.lower(before);
            }

            @Override
            public @Nullable Instant named(String service, String name) {
                return names.get(name);
            }
        });
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** Five-second windows with so many requests of so many seconds each. */
    private void minutes(int minutes, int requests, double seconds) {
        for (int i = 0; i < minutes * 12; i++) {
            shop.durations(Metric.HTTP_SERVER_DURATION, LIST, requests, seconds).next();
        }
    }

    private static String budget(String measure, String to, String limits) {
        return "{ id: x, signal: http, window: 2m, measure: " + measure + ", compare: { to: \"" + to + "\" }, " + limits
                + " }";
    }

    @Test
    void anAverageThatRoseByAHalfFails() {
        shop.budgets(budget("avg(duration)", "previous-window", "target: \"<= +10%\", acceptable: \"<= +25%\""));
        minutes(2, 5, 0.100);
        minutes(2, 5, 0.150);
        assertThat(shop.judge().only().status()).isEqualTo(Verdict.FAIL);
        assertThat(shop.only().sentence()).contains("the window before", "bootstrap over 12 slices of time");
        assertThat(shop.only().current()).isEqualTo("+50 %");
    }

    @Test
    void anAverageThatStayedPasses() {
        shop.budgets(budget("avg(duration)", "previous-window", "target: \"<= +10%\""));
        minutes(4, 5, 0.100);
        assertThat(shop.judge().only().status()).isEqualTo(Verdict.PASS);
    }

    @Test
    void anAverageOfWildlyDifferentSlicesOnlyWarns() {
        shop.budgets(budget("avg(duration)", "previous-window", "target: \"<= +10%\", acceptable: \"<= +25%\""));
        minutes(2, 5, 0.100);
        for (int i = 0; i < 24; i++) {
            shop.durations(Metric.HTTP_SERVER_DURATION, LIST, 5, i % 12 == 0 ? 0.6 : 0.105)
                    .next();
        }
        assertThat(shop.judge().only().status()).isEqualTo(Verdict.WARN);
    }

    @Test
    void aRateThatFellByHalfFailsAndOneThatFellToNothingToo() {
        shop.budgets(budget("rate()", "previous-window", "target: \">= -30%\", acceptable: \">= -40%\""));
        minutes(2, 10, 0.01);
        minutes(2, 5, 0.01);
        assertThat(shop.judge().only().status()).isEqualTo(Verdict.FAIL);
        for (int i = 0; i < 24; i++) {
            shop.gauge(Metric.JVM_THREADS, Map.of(), 5).next();
        }
        assertThat(shop.judge().only().status()).isEqualTo(Verdict.FAIL);
        assertThat(shop.only().current()).isEqualTo("-100 %");
    }

    @Test
    void theVersionBeforeTheLastDeployIsTheBaseline() {
        shop.budgets(budget("p50(duration)", "previous-deploy", "target: \"<= +10%\""));
        minutes(3, 5, 0.100);
        assertThat(shop.judge().only().reason()).isEqualTo("too-few");
        assertThat(shop.only().sentence()).contains("no deploy is known");
        deploys.add(shop.clock);
        minutes(1, 5, 0.200);
        assertThat(shop.judge().only().status())
                .as("only what came after the deploy counts as now")
                .isEqualTo(Verdict.FAIL);
        assertThat(shop.only().sentence()).contains("before the deploy of 2026-11-21T12:03:00Z");
        assertThat(shop.only().n()).isEqualTo(60);
    }

    @Test
    void aRangeMayNameEpochs() {
        shop.budgets(budget("p50(duration)", "range:before/after", "target: \"<= +10%\""));
        names.put("before", shop.clock);
        minutes(2, 5, 0.100);
        names.put("after", shop.clock);
        minutes(2, 5, 0.200);
        assertThat(shop.judge().only().status()).isEqualTo(Verdict.FAIL);
        names.remove("after");
        assertThat(shop.judge().only().sentence()).contains("no epoch of shop is called after");
    }

    @Test
    void theSameTimeLastWeekIsReadFromCoarseCells() {
        shop.keep(Duration.ofDays(30))
                .budgets(budget("rate()", "same-time-last-week", "target: \">= -30%\", acceptable: \">= -40%\""));
        shop.clock = Instant.parse("2026-11-21T11:50:00Z");
        minutes(20, 10, 0.01);
        shop.clock = Instant.parse("2026-11-28T12:00:00Z");
        minutes(2, 9, 0.01);
        assertThat(shop.judge().only().status()).isEqualTo(Verdict.PASS);
        minutes(2, 3, 0.01);
        assertThat(shop.judge().only().status()).isEqualTo(Verdict.FAIL);
    }
}
