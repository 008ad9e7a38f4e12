package dev.headroom.dashboard.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.dashboard.budget.EventCounts;
import dev.headroom.dashboard.store.Batch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorBudgetsTest {
    @TempDir
    Path directory;

    private static EventCounts counted(Counted service) {
        return new EventCounts(service.all, service.overTarget, service.overAcceptable);
    }

    @Test
    void countsEveryStoredEventOnceAlsoWhereWindowsCrossHours() {
        try (Counted service = new Counted(directory, Counted.FAST)) {
            service.pass(Duration.ofMinutes(200), 7, 0.1);
            service.clock = service.clock.plusSeconds(10);
            ErrorBudget budget = service.settle();
            assertThat(budget.counts()).isEqualTo(counted(service));
            assertThat(budget.remaining()).isEqualTo(1 - service.overAcceptable / (0.05 * service.all), within(1e-12));
            service.pass(Duration.ofMinutes(70), 7, 0.1);
            service.clock = service.clock.plusSeconds(10);
            assertThat(service.settle().counts()).isEqualTo(counted(service));
        }
    }

    @Test
    void aRestartNeitherLosesNorCountsTwice() {
        try (Counted service = new Counted(directory, Counted.FAST)) {
            service.pass(Duration.ofMinutes(130), 7, 0.1);
            service.clock = service.clock.plusSeconds(10);
            service.settle();
            service.pass(Duration.ofMinutes(5), 7, 0.1);
            service.open(Counted.FAST);
            service.clock = service.clock.plusSeconds(10);
            assertThat(service.settle().counts()).isEqualTo(counted(service));
            service.open(Counted.FAST);
            assertThat(service.settle().counts()).isEqualTo(counted(service));
        }
    }

    @Test
    void whatComesLateIsCountedInItsHour() {
        try (Counted service = new Counted(directory, Counted.FAST)) {
            Instant begin = service.clock;
            service.pass(Duration.ofMinutes(130), 7, 0.1);
            service.clock = service.clock.plusSeconds(10);
            service.settle();
            Batch late = service.window(begin.plusSeconds(60), begin.plusSeconds(65), 1, "b", 1);
            Batch merged = service.window(begin.plusSeconds(3500), begin.plusSeconds(3700), 1, "b", 2);
            service.send(late, merged);
            assertThat(service.settle().counts()).isEqualTo(counted(service));
            service.send(late);
            assertThat(service.settle().counts()).isEqualTo(counted(service));
        }
    }

    @Test
    void anEditedLimitHasAPastAtOnce() {
        try (Counted service = new Counted(directory, Counted.FAST)) {
            service.pass(Duration.ofMinutes(130), 7, 0.1);
            service.clock = service.clock.plusSeconds(10);
            service.settle();
            service.open(Counted.FAST.replace("acceptable: \"<= 1s\"", "acceptable: \"< 100ms\""));
            assertThat(service.settle().counts())
                    .isEqualTo(new EventCounts(service.all, service.overTarget, service.overTarget));
        }
    }

    @Test
    void burnsAsFastAsBadEventsCome() {
        try (Counted service = new Counted(directory, Counted.FAST)) {
            service.pass(Duration.ofHours(5), 10, 0.02);
            service.pass(Duration.ofHours(1), 10, 0.4);
            service.clock = service.clock.plusSeconds(10);
            ErrorBudget budget = service.settle();
            // 20 % beyond acceptable, 5 % allowed
            assertThat(budget.burn(Duration.ofHours(1))).isBetween(3.5, 4.5);
            assertThat(budget.burn(Duration.ofMinutes(5))).isBetween(2.0, 6.0);
            assertThat(budget.burn(Duration.ofHours(6))).isLessThan(1.2);
            assertThat(budget.pace()).isNotNull();
            double left = budget.remaining();
            long seconds = (long) (left * budget.period().toSeconds() / budget.burn(Duration.ofHours(1)));
            assertThat(budget.exhaustedIn()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    void stoppingDoesNotWaitForTheServicesThatAreStillToBeWorkedOut() {
        try (Counted service = new Counted(directory, Counted.FAST)) {
            service.pass(Duration.ofMinutes(10), 10, 0.1);
            assertThat(service.stopAndWork()).isTrue();
            service.open(Counted.FAST);
            service.clock = service.clock.plusSeconds(10);
            assertThat(service.settle().counts()).isEqualTo(counted(service));
        }
    }

    @Test
    void noErrorBudgetWhereNothingMayBeBadOrNothingBurns() {
        try (Counted service = new Counted(
                directory,
                Counted.FAST.replace("id: fast", "id: fast, burn: none"),
                "{ id: zero, signal: http, measure: share(status = 5xx), target: \"= 0%\" }",
                "{ id: count, signal: http, measure: count(), target: \"< 100\" }",
                "{ id: mean, signal: http, measure: avg(duration), target: \"< 100ms\" }")) {
            service.pass(Duration.ofMinutes(10), 10, 0.1);
            service.clock = service.clock.plusSeconds(10);
            assertThat(service.settle()).isNull();
        }
    }
}
