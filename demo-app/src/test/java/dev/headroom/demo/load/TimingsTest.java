package dev.headroom.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimingsTest {
    @Test
    void aQuantileIsAtMostOnePercentTooLarge() {
        Timings timings = new Timings();
        for (int millis = 1; millis <= 1000; millis++) {
            timings.answered(200, millis * 1_000_000L);
        }

        assertThat(timings.quantileMillis(0.5)).isBetween(500.0, 505.0);
        assertThat(timings.quantileMillis(0.95)).isBetween(950.0, 959.5);
        assertThat(timings.quantileMillis(1)).isBetween(1000.0, 1010.0);
    }

    @Test
    void keepsItsEndsAndCountsErrorsByKind() {
        Timings timings = new Timings();
        assertThat(timings.quantileMillis(0.5)).isNaN();
        timings.answered(503, 1);
        timings.answered(404, Long.MAX_VALUE);
        timings.answered(200, 2_000);
        timings.unansweredOnce();

        assertThat(timings.count()).isEqualTo(3);
        assertThat(timings.serverErrors()).isEqualTo(1);
        assertThat(timings.clientErrors()).isEqualTo(1);
        assertThat(timings.unanswered()).isEqualTo(1);
        assertThat(timings.quantileMillis(0)).isCloseTo(0.001, within(1e-9));
        assertThat(timings.quantileMillis(1)).isBetween(59_000.0, 61_000.0);
    }
}
