package dev.headroom.dashboard.page;

import dev.headroom.dashboard.budget.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
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

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_MINUTES =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /** From there on a double has no halves worth writing. */
    private static final double WHOLE = 1e15;

    private Figures() {}

    public static String count(long n) {
        return grouped(new StringBuilder(), n).toString();
    }

    /** Three significant digits, e.g. 0.421, 4.21, 42.1, 421, 1,240. */
    public static String number(@Nullable Double value) {
        if (value == null || value.isNaN() || value.isInfinite()) {
            return NONE;
        }
        if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
            return count(value.longValue());
        }
        double size = Math.abs(value);
        if (size >= WHOLE) {
            return String.format(Locale.ROOT, "%,.0f", new BigDecimal(value).round(new MathContext(3)));
        }
        StringBuilder text = new StringBuilder(value < 0 ? "-" : "");
        if (size >= 99.95) {
            long unit = 1;
            while (size / unit >= 999.5) {
                unit *= 10;
            }
            return grouped(text, Math.round(size / unit) * unit).toString();
        }
        int decimals = size < 0.9995 ? 3 : size < 9.995 ? 2 : 1;
        return fixed(text, size, decimals).toString();
    }

    /** Not negative, with exactly so many decimals, at most three. */
    static StringBuilder fixed(StringBuilder into, double value, int decimals) {
        int parts = decimals == 3 ? 1_000 : decimals == 2 ? 100 : decimals == 1 ? 10 : 1;
        long all = Math.round(value * parts);
        grouped(into, all / parts);
        if (decimals > 0) {
            into.append('.');
            long rest = all % parts;
            for (int part = parts / 10; part > 0; part /= 10) {
                into.append((char) ('0' + rest / part % 10));
            }
        }
        return into;
    }

    /** With a comma before every three digits. */
    private static StringBuilder grouped(StringBuilder into, long n) {
        int start = into.length();
        into.append(n);
        int first = n < 0 ? start + 1 : start;
        for (int at = into.length() - 3; at > first; at -= 3) {
            into.insert(at, ',');
        }
        return into;
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
        if (bytes >= 1 << 20) {
            return number(bytes / (1 << 20)) + " MiB";
        }
        return bytes >= 1 << 10 ? number(bytes / (1 << 10)) + " KiB" : number(bytes) + " B";
    }

    /** Time of day in UTC. */
    public static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /** The same, with the day where the time spoken of is longer than one. */
    static String clock(Instant at, Duration within) {
        return (within.toHours() <= 24 ? CLOCK : DAY_AND_CLOCK).format(at);
    }

    /** A moment on an axis of that length, in UTC: the time of day, with the day where one alone does not say which, without it over weeks. */
    static String moment(Instant at, Duration length) {
        return (length.toHours() <= 24 ? MINUTES : length.toDays() <= 10 ? DAY_AND_MINUTES : DAY).format(at);
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
