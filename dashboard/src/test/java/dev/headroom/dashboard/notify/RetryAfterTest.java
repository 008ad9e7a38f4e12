package dev.headroom.dashboard.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                             | 7000",
                "0.25                          | 250",
                "Sat, 21 Nov 2026 12:00:30 GMT | 30000",
                "Sat, 21 Nov 2026 11:00:00 GMT | 0",
                "99999999                      | 3600000",
                "soon                          | 0",
                "-5                            | 0",
            })
    void secondsAndDates(String header, long millis) {
        assertThat(RetryAfter.of(header, Samples.NOON)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void pausesGrowToABoundAndVary() {
        Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofHours(24));
        assertThat(backoff.pause(1, 0.999)).isBetween(Duration.ofMillis(1990), Duration.ofSeconds(2));
        assertThat(backoff.pause(2, 0.999)).isBetween(Duration.ofMillis(3990), Duration.ofSeconds(4));
        assertThat(backoff.pause(500, 0.999)).isBetween(Duration.ofSeconds(299), Duration.ofSeconds(300));
        assertThat(backoff.pause(500, 0)).isEqualTo(Duration.ofMillis(1));
    }
}
