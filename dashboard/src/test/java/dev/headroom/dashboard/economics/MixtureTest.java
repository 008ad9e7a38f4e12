package dev.headroom.dashboard.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.HistogramSnapshot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixtureTest {
    private static HistogramSnapshot upTo(double most) {
        ExponentialHistogram histogram = new ExponentialHistogram();
        for (int i = 1; i <= 1000; i++) {
            histogram.record(most * i / 1000);
        }
        return histogram.snapshot();
    }

    /** Cached requests take up to 10 ms, others up to 100 ms, both evenly. */
    @ParameterizedTest
    @CsvSource({
        "0.95, 1, 0.0095",
        "0.95, 0, 0.095",
        "0.95, 0.5, 0.090", // all cached ones and 90 % of the others
        "0.95, 0.8, 0.075", // and 75 % of the others
        "0.5, 0.8, 0.00606" // 60.6 % of the cached ones and 6 % of the others
    })
    void isTheQuantileOfBothTogether(double q, double share, double expected) {
        assertThat(Mixture.quantile(q, share, upTo(0.010), upTo(0.100))).isCloseTo(expected, within(0.03 * expected));
    }
}
