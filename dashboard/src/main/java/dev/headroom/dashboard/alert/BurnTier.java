package dev.headroom.dashboard.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/**
 * How fast an error budget may burn: a share of it within a time, seen over that time and over a twelfth of it, so that an alert ends
 * soon after its cause. The shares are those of Google's SRE workbook.
 *
 * @param share of the whole budget
 * @param within time in which that much may not be spent
 * @param longWindow of that length, as Prometheus writes it
 * @param shortWindow a twelfth or so
 */
record BurnTier(String severity, BigDecimal share, Duration within, String longWindow, String shortWindow) {
    static final Duration STATIC_PERIOD = Duration.ofDays(30);

    static final List<BurnTier> PAGE = List.of(
            new BurnTier("page", new BigDecimal("0.02"), Duration.ofHours(1), "1h", "5m"),
            new BurnTier("page", new BigDecimal("0.05"), Duration.ofHours(6), "6h", "30m"));

    static final List<BurnTier> TICKET = List.of(
            new BurnTier("ticket", new BigDecimal("0.1"), Duration.ofDays(1), "1d", "2h"),
            new BurnTier("ticket", new BigDecimal("0.1"), Duration.ofDays(3), "3d", "6h"));

    static final List<String> WINDOWS = List.of("5m", "30m", "1h", "2h", "6h", "1d", "3d");

    /** How many times faster than evenly the budget of this period is spent then: 14.4, 6, 3 and 1 for 30 days. */
    BigDecimal factor(Duration period) {
        return share.multiply(BigDecimal.valueOf(period.toSeconds()))
                .divide(BigDecimal.valueOf(within.toSeconds()), MathContext.DECIMAL64)
                .setScale(4, RoundingMode.HALF_UP)
                .stripTrailingZeros();
    }

    /** A share of bad events above one is impossible: such a tier would be a rule that never fires. */
    boolean canFire(Duration period, BigDecimal allowance) {
        return factor(period).multiply(allowance).compareTo(BigDecimal.ONE) < 0;
    }
}
