package dev.headroom.dashboard.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "0.42149 | 0.421",
                "0.9996 | 1.00",
                "4.2149 | 4.21",
                "9.996 | 10.0",
                "42.149 | 42.1",
                "99.96 | 100",
                "421.49 | 421",
                "999.6 | 1,000",
                "1239.7 | 1,240",
                "12345.6 | 12,300",
                "12345 | 12,345",
                "1234567 | 1,234,567",
                "-4.2149 | -4.21",
                "-1234567 | -1,234,567",
                "-123 | -123",
                "0.0004 | 0.000",
                "1.5e15 | 1,500,000,000,000,000",
                "1.2345e18 | 1,230,000,000,000,000,000",
                "NaN | –",
                "Infinity | –"
            })
    void threeDigitsAreWritten(double value, String expected) {
        assertThat(Figures.number(value)).isEqualTo(expected);
    }

    /** The decimal fraction that the double is, rounded and formatted by the JDK: slower, and surely right. */
    @Test
    void everyNumberIsWrittenAsItsDecimalFractionRounds() {
        Random random = new Random(20261122);
        for (int i = 0; i < 200_000; i++) {
            double value = Math.exp(random.nextDouble() * 20 - 8);
            BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_UP));
            int before = rounded.precision() - rounded.scale();
            int decimals = Math.max(0, Math.min(3, 3 - before));
            BigDecimal expected =
                    decimals == 0 ? rounded : new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP);
            assertThat(Figures.number(value))
                    .as("%s", value)
                    .isEqualTo(String.format(Locale.ROOT, "%,." + decimals + "f", expected));
        }
    }
}
