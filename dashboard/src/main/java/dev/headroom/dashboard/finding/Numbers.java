package dev.headroom.dashboard.finding;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers in sentences: three figures, no more. Stateless. */
final class Numbers {
    private Numbers() {}

    static String of(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "?";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.valueOf((long) value);
        }
        return new BigDecimal(value)
                .round(new MathContext(Math.abs(value) >= 1000 ? 4 : 3, RoundingMode.HALF_UP))
                .stripTrailingZeros()
                .toPlainString();
    }
}
