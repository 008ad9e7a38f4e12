package dev.headroom.dashboard.run.report;

import dev.headroom.dashboard.budget.Change;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.run.RunResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How every report writes values. Stateless. */
final class Words {
    static final String NONE = "–";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    static String time(Instant at) {
        return TIME.format(at) + " UTC";
    }

    static String span(Instant from, Instant to) {
        return TIME.format(from) + " to " + TIME.format(to) + " UTC";
    }

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Share of the allowance that is left. */
    static String headroom(@Nullable Double headroom) {
        if (headroom == null) {
            return NONE;
        }
        return headroom < 0 ? digits(1 - headroom) + "× used" : Math.round(headroom * 100) + " %";
    }

    static String current(RunResult.Item item) {
        String current = item.current();
        return current == null ? NONE : current;
    }

    static String limits(RunResult.Item item) {
        String acceptable = item.acceptable();
        return acceptable == null ? item.target() : item.target() + " (acceptable " + limitOnly(acceptable) + ")";
    }

    private static String limitOnly(String written) {
        int space = written.lastIndexOf(' ');
        int operator = space < 0 ? -1 : written.lastIndexOf(' ', space - 1);
        return operator < 0 ? written : written.substring(operator + 1);
    }

    /** The verdict with what takes its weight away: "FAIL (waived until …)". */
    static String status(RunResult.Item item) {
        String reason = item.reason();
        return reason == null ? item.status().label() : item.status().label() + " (" + reason + ")";
    }

    /** What comes before a verdict's word, so that it can be told without colour. */
    static String shape(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "●";
            case WARN -> "▲";
            case FAIL -> "■";
            case NO_DATA -> "○";
        };
    }

    static String change(Change change) {
        Double share = change.share();
        String by = share == null ? "" : (share < 0 ? "−" : "+") + digits(Math.abs(share) * 100) + " %, ";
        return by + change.verdict().label();
    }

    static String seconds(double seconds) {
        if (seconds < 1e-3) {
            return digits(seconds * 1e6) + " µs";
        }
        return seconds < 1 ? digits(seconds * 1e3) + " ms" : digits(seconds) + " s";
    }

    private static String digits(double value) {
        if (!Double.isFinite(value)) {
            return "∞";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3, RoundingMode.HALF_UP));
        return rounded.scale() < 0
                ? rounded.setScale(0, RoundingMode.UNNECESSARY).toPlainString()
                : rounded.stripTrailingZeros().toPlainString();
    }

    /** The run's name and labels, or the service. */
    static String title(RunResult result) {
        RunResult.Name run = result.run();
        return run == null ? result.service() : result.service() + " · " + run.name();
    }

    static List<RunResult.Item> judged(RunResult result) {
        List<RunResult.Item> judged = new ArrayList<>();
        result.items().stream().filter(item -> item.status() != Verdict.NO_DATA).forEach(judged::add);
        return judged;
    }

    static List<RunResult.Item> unjudged(RunResult result) {
        return result.items().stream()
                .filter(item -> item.status() == Verdict.NO_DATA)
                .toList();
    }
}
