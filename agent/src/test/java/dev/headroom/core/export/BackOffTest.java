package dev.headroom.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void doublesUpToFifteenSecondsAndStartsAnewAfterSuccess() {
        BackOff backOff = new BackOff(() -> 0.999999);

        assertThat(backOff.afterFailure(0)).isEqualTo(999);
        assertThat(backOff.afterFailure(0)).isEqualTo(1_999);
        for (int i = 0; i < 100; i++) {
            assertThat(backOff.afterFailure(0)).isLessThan(15_000);
        }
        assertThat(backOff.afterFailure(0)).isEqualTo(14_999);
        backOff.reset();
        assertThat(backOff.afterFailure(0)).isEqualTo(999);
    }

    @Test
    void jittersOverTheWholePause() {
        assertThat(new BackOff(() -> 0).afterFailure(0)).isZero();
    }

    @Test
    void waitsAtLeastAsLongAsTheServerWishesWithinReason() {
        assertThat(new BackOff(() -> 0).afterFailure(7_000)).isEqualTo(7_000);
        assertThat(new BackOff(() -> 0).afterFailure(Long.MAX_VALUE)).isEqualTo(600_000);
    }

    @Test
    void spreadsTheFirstPauseOverTheTimeThatTheDashboardNames() {
        BackOff backOff = new BackOff(() -> 0.5);
        backOff.spread(10_000);

        assertThat(backOff.afterFailure(0)).isEqualTo(5_000);
        assertThat(backOff.afterFailure(2_000)).isEqualTo(7_000);
        backOff.spread(Long.MAX_VALUE);
        assertThat(backOff.afterFailure(0)).isEqualTo(60_000);
    }
}
