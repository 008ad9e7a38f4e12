package dev.headroom.dashboard.budget.file;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the knobs of a budget or of {@code defaults}; what is absent comes from the given ones. */
final class KnobsReader {
    static final List<String> KEYS = List.of(
            "window",
            "stretch",
            "min_samples",
            "min_bad",
            "confidence",
            "coverage",
            "warmup",
            "for",
            "keep",
            "severity",
            "no_data",
            "burn",
            "allowance");

    private KnobsReader() {}

    static Knobs read(Map<String, Part> entries, Knobs inherited) {
        return new Knobs(
                positive(entries.get("window"), inherited.window()),
                duration(entries.get("stretch"), inherited.stretch()),
                samples(entries.get("min_samples"), inherited.minSamples()),
                count(entries.get("min_bad"), inherited.minBad()),
                below(entries.get("confidence"), inherited.confidence(), false),
                below(entries.get("coverage"), BigDecimal.valueOf(inherited.coverage()), true)
                        .doubleValue(),
                duration(entries.get("warmup"), inherited.warmup()),
                duration(entries.get("for"), inherited.hold()),
                duration(entries.get("keep"), inherited.keep()),
                severity(entries.get("severity"), inherited.severity()),
                noData(entries.get("no_data"), inherited.noData()),
                burn(entries.get("burn"), inherited.burnPeriod()),
                below(entries.get("allowance"), inherited.allowance(), true));
    }

    static Duration duration(Part part) {
        String expected = "a duration such as 30s, 5m or 6h";
        try {
            Amount amount = Amount.parse(part.text(expected), 0);
            if (amount.dimension() == Dimension.TIME && amount.number().signum() >= 0) {
                return amount.duration();
            }
        } catch (WrongTextException e) {
            throw part.wrong(e);
        }
        throw part.wrong(expected);
    }

    private static Duration duration(@Nullable Part part, Duration inherited) {
        return part == null ? inherited : duration(part);
    }

    private static Duration positive(@Nullable Part part, Duration inherited) {
        Duration duration = duration(part, inherited);
        if (part != null && duration.compareTo(Duration.ofSeconds(10)) < 0) {
            throw part.wrong("a window of at least 10s");
        }
        return duration;
    }

    private static int samples(@Nullable Part part, int inherited) {
        if (part == null) {
            return inherited;
        }
        return part.text("auto or a number").equals("auto") ? 0 : count(part, inherited);
    }

    private static int count(@Nullable Part part, int inherited) {
        if (part == null) {
            return inherited;
        }
        String expected = "a whole number from 1 to 1000000000";
        String text = part.text(expected);
        if (!text.matches("[1-9][0-9]{0,8}|1000000000")) {
            throw part.wrong(expected);
        }
        return Integer.parseInt(text);
    }

    private static BigDecimal below(@Nullable Part part, BigDecimal inherited, boolean one) {
        if (part == null) {
            return inherited;
        }
        String expected = one ? "a number from 0 to 1" : "a number from 0 to less than 1";
        String text = part.text(expected);
        if (!text.matches("[0-9]+(\\.[0-9]+)?")) {
            throw part.wrong(expected);
        }
        BigDecimal number = new BigDecimal(text);
        int order = number.compareTo(BigDecimal.ONE);
        if (order > 0 || (order == 0 && !one)) {
            throw part.wrong(expected);
        }
        return number;
    }

    private static Knobs.Severity severity(@Nullable Part part, Knobs.Severity inherited) {
        return part == null
                ? inherited
                : Knobs.Severity.valueOf(
                        part.word(List.of("page", "ticket", "none")).toUpperCase(Locale.ROOT));
    }

    private static Knobs.NoData noData(@Nullable Part part, Knobs.NoData inherited) {
        return part == null
                ? inherited
                : Knobs.NoData.valueOf(
                        part.word(List.of("ignore", "warn", "fail")).toUpperCase(Locale.ROOT));
    }

    private static @Nullable Duration burn(@Nullable Part part, @Nullable Duration inherited) {
        if (part == null) {
            return inherited;
        }
        String expected = "none, or { period: 30d }";
        if (!part.isMap()) {
            if (part.text(expected).equals("none")) {
                return null;
            }
            throw part.wrong(expected);
        }
        Part period = part.entries(expected, List.of("period")).get("period");
        if (period == null) {
            throw part.wrong(expected);
        }
        return duration(period);
    }
}
