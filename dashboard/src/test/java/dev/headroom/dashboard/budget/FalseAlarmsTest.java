package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** How often a healthy service is called broken, and how soon a broken one is. The seeds are fixed: nothing here depends on luck. */
class FalseAlarmsTest {
    private static final int DAYS = 200;

    @Test
    void aHealthyServiceRaisesFewerThanOneAlertInFiveDays() {
        FalseAlarms.Result[] seeds = FalseAlarms.seeds(0.04, "0.05", "0.99", 1000, 4, 11);
        FalseAlarms.Result p95 = FalseAlarms.Result.mean(seeds);
        double error = FalseAlarms.Result.error(seeds);
        assertThat(error).isLessThan(0.01);
        assertThat(p95.alerts() + 3 * error)
                .as("0.17 alerts a day, and what chance may hide")
                .isLessThan(0.2);
        assertThat(p95.flips()).isBetween(0.7, 1.6);
        assertThat(p95.share())
                .as("25 of 300 is the first FAIL")
                .isCloseTo(BinomialTail.atLeast(25, 300, 0.04), Percentage.withPercentage(10));
        FalseAlarms.Result p99 = FalseAlarms.healthy(0.005, "0.01", "0.99", DAYS, 12);
        assertThat(p99.alerts()).isLessThan(0.1);
        assertThat(p99.flips()).isLessThan(0.2);
        FalseAlarms.Result strict = FalseAlarms.healthy(0.04, "0.05", "0.999", DAYS, 13);
        assertThat(strict.alerts()).isLessThan(0.03);
    }

    @Test
    void withoutTheGuardItWouldAlertDozensOfTimesADay() {
        FalseAlarms.Result bare = FalseAlarms.healthy(0.04, "0.05", "0", DAYS / 10, 14);
        assertThat(bare.flips()).isGreaterThan(100);
        assertThat(bare.alerts()).isGreaterThan(30);
    }

    @Test
    void aBreachOfFourTimesTheBudgetIsSeenSoon() {
        List<Duration> fails = new ArrayList<>();
        List<Duration> alerts = new ArrayList<>();
        for (long seed = 0; seed < 200; seed++) {
            fails.add(FalseAlarms.delay(0.02, 0.20, "0.05", false, seed));
            alerts.add(FalseAlarms.delay(0.02, 0.20, "0.05", true, seed));
        }
        assertThat(fails).doesNotContainNull();
        assertThat(alerts).doesNotContainNull();
        fails.sort(Duration::compareTo);
        alerts.sort(Duration::compareTo);
        assertThat(fails.get(100)).as("half of all").isLessThan(Duration.ofMinutes(2));
        assertThat(fails.get(190)).as("19 of 20").isLessThan(Duration.ofMinutes(3));
        assertThat(alerts.get(190)).as("19 of 20, with for: 1m").isLessThan(Duration.ofMinutes(4));
    }
}
