package dev.headroom.dashboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.dashboard.budget.EventCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorBudgetTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static ErrorBudget budget(long all, long bad, long lately, long badLately) {
        Duration period = Duration.ofDays(30);
        return new ErrorBudget(
                0.01,
                period,
                NOON.minus(period),
                NOON,
                new EventCounts(all, bad, bad),
                List.of(
                        ErrorBudget.Burn.of(Duration.ofMinutes(5), new EventCounts(10, 10, 10), 0.01),
                        ErrorBudget.Burn.of(Duration.ofHours(1), new EventCounts(lately, badLately, badLately), 0.01),
                        ErrorBudget.Burn.of(Duration.ofHours(6), new EventCounts(100, 1, 1), 0.01)));
    }

    @Test
    void isExhaustedWhenThePaceOfTheLastHourHasSpentWhatIsLeft() {
        ErrorBudget half = budget(100_000, 500, 1_000, 50);
        assertThat(half.allowed()).isEqualTo(1_000);
        assertThat(half.remaining()).isEqualTo(0.5);
        assertThat(half.burn(Duration.ofHours(1))).isEqualTo(5.0);
        assertThat(half.exhaustedIn()).isEqualTo(Duration.ofDays(3));
    }

    @Test
    void neverAtNoPaceAndNowWhenNothingIsLeft() {
        assertThat(budget(100_000, 500, 1_000, 0).exhaustedIn()).isNull();
        assertThat(budget(100_000, 1_500, 1_000, 0).exhaustedIn()).isZero();
        assertThat(budget(100_000, 1_500, 1_000, 0).remaining()).isEqualTo(-0.5);
    }

    @Test
    void aQuietHourIsJudgedByTheLongerOne() {
        assertThat(budget(100_000, 500, 0, 0).exhaustedIn()).isEqualTo(Duration.ofDays(15));
    }

    @Test
    void withoutEventsNothingIsKnown() {
        assertThat(budget(0, 0, 0, 0).remaining()).isNull();
        assertThat(budget(0, 0, 0, 0).exhaustedIn()).isNull();
    }
}
