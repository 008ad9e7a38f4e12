package dev.headroom.dashboard.page;

import dev.headroom.dashboard.budget.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How numbers, times and verdicts are written on every page. Durations in tables are milliseconds, so that a column can be
 * compared by eye; three significant digits, thousands grouped. What is unknown is {@link #NONE}, never zero.
 */
public final class Figures {
    /** Stands where there is no value. */
    public static final String NONE = "–";

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Figures() {}

    public static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Three significant digits, e.g. 0.421, 4.21, 42.1, 421, 1,240. */
    public static String number(@Nullable Double value) {
        if (value == null || value.isNaN() || value.isInfinite()) {
            return NONE;
        }
        if (value == 0) {
            return "0";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return count(value.longValue());
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_UP));
        int decimals = Math.max(0, Math.min(3, 3 - rounded.precision() + rounded.scale()));
        if (rounded.abs().compareTo(BigDecimal.ONE) >= 0) {
            decimals = Math.max(0, 3 - (rounded.precision() - rounded.scale()));
        }
        return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
    }

    /** A duration with the unit that suits it: 812 µs, 12.4 ms, 1.24 s. */
    public static String duration(@Nullable Double millis) {
        if (millis == null || millis.isNaN()) {
            return NONE;
        }
        if (millis >= 1000) {
            return millis >= 120_000 ? number(millis / 60_000) + " min" : number(millis / 1000) + " s";
        }
        return millis >= 1 || millis == 0 ? number(millis) + " ms" : number(millis * 1000) + " µs";
    }

    /** A share of one as per cent. */
    public static String percent(@Nullable Double share) {
        return share == null || share.isNaN() ? NONE : number(share * 100) + " %";
    }

    public static String bytes(@Nullable Double bytes) {
        if (bytes == null || bytes.isNaN()) {
            return NONE;
        }
        if (bytes >= 1 << 30) {
            return number(bytes / (1 << 30)) + " GiB";
        }
        return bytes >= 1 << 20 ? number(bytes / (1 << 20)) + " MiB" : number(bytes / 1024) + " KiB";
    }

    /** Time of day in UTC. */
    public static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /** Both ends in UTC; the day only where it matters. */
    public static String span(Instant from, Instant to) {
        boolean oneDay = Duration.between(from, to).toHours() < 12;
        return (oneDay ? CLOCK : DAY_AND_CLOCK).format(from) + " – " + (oneDay ? CLOCK : DAY_AND_CLOCK).format(to)
                + " UTC";
    }

    /** How long ago: 3 s, 4 min, 2 h, 5 d. */
    public static String age(@Nullable Duration age) {
        if (age == null) {
            return NONE;
        }
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    /** The class of the verdict in the style sheet. */
    public static String css(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "pass";
            case WARN -> "warn";
            case FAIL -> "fail";
            case NO_DATA -> "nodata";
        };
    }

    /** The shape that says the same as the colour. */
    public static String shape(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "●";
            case WARN -> "▲";
            case FAIL -> "■";
            case NO_DATA -> "○";
        };
    }
}
