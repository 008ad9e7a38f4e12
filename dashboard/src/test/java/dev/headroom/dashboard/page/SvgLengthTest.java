package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SvgLengthTest {
    @Test
    void numbersAreWrittenAsAFormatStringWritesThem() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            double value = random.nextInt(20_000) / 128.0 - 20; // exact in binary: no tie is decided by a hidden digit
            assertThat(SvgLength.percent(value).replace("-0.00%", "0.00%"))
                    .isEqualTo(String.format(
                                    Locale.ROOT,
                                    "%.2f%%",
                                    Math.round(Math.abs(value) * 100) / 100.0 * Math.signum(value))
                            .replace("-0.00%", "0.00%"));
        }
        assertThat(SvgLength.percent(100)).isEqualTo("100.00%");
        assertThat(SvgLength.percent(1.6666)).isEqualTo("1.67%");
        assertThat(SvgLength.percent(-0.001)).isEqualTo("0.00%");
        assertThat(SvgLength.tenth(9.96)).isEqualTo("10.0");
        assertThat(SvgLength.tenth(-0.25)).isEqualTo("-0.3");
    }
}
