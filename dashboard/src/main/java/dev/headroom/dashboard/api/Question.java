package dev.headroom.dashboard.api;

import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the parameters {@code service}, {@code from} and {@code to} that all lists share. Thread-safe; blocks on the store where a
 * service is looked up.
 */
@Component
public class Question {
    /** When no {@code from} is given. */
    public static final Duration DEFAULT_RANGE = Duration.ofMinutes(15);

    private static final Pattern BEFORE = Pattern.compile("-([0-9]{1,6})(s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    private final MetricStore store;
    private final InstantSource clock;

    public Question(MetricStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public Instant now() {
        return clock.instant();
    }

    /** The named service, or the only one. */
    public String service(@Nullable String name) {
        List<String> known = store.services();
        if (name == null || name.isBlank()) {
            if (known.size() == 1) {
                return known.get(0);
            }
            throw RefusedException.bad(
                    "No service named",
                    "no parameter service",
                    known.isEmpty() ? "a service that reports; none has reported yet" : "one of " + known,
                    "Add ?service=<name>; GET /api/v1/services lists them.");
        }
        if (!known.contains(name)) {
            throw RefusedException.unknown(
                    "Unknown service",
                    name,
                    "one of " + known,
                    "Services appear with their first report; GET /api/v1/services lists them.");
        }
        return name;
    }

    /**
     * The asked time, or the last 15 minutes of it. Times are ISO-8601, milliseconds since 1970, {@code now}, or {@code -10m} for as
     * long before the end (of {@code to}: before now).
     */
    public TimeRange range(@Nullable String from, @Nullable String to) {
        Instant now = clock.instant();
        Instant end = to == null || to.isBlank() ? now : time("to", to, now);
        Instant begin = from == null || from.isBlank() ? end.minus(DEFAULT_RANGE) : time("from", from, end);
        if (!begin.isBefore(end)) {
            throw RefusedException.bad(
                    "The time range ends before it begins",
                    "from " + begin + " to " + end,
                    "from before to",
                    "Swap the two, or leave from out for the 15 minutes before to.");
        }
        return new TimeRange(begin, end);
    }

    private static Instant time(String parameter, String text, Instant base) {
        try {
            if (text.equals("now")) {
                return base;
            }
            Matcher before = BEFORE.matcher(text);
            if (before.matches()) {
                return base.minus(Duration.ZERO.plus(
                        Long.parseLong(before.group(1)), UNITS.getOrDefault(before.group(2), ChronoUnit.SECONDS)));
            }
            if (text.chars().allMatch(Character::isDigit)) {
                return Instant.ofEpochMilli(Long.parseLong(text));
            }
            // A plus sign in a query string arrives as a blank.
            return OffsetDateTime.parse(text.trim().replace(' ', '+')).toInstant();
        } catch (DateTimeException | NumberFormatException failure) {
            throw RefusedException.bad(
                    "Parameter " + parameter + " is no time",
                    text,
                    "ISO-8601 with zone, milliseconds since 1970, now, or a time before such as -10m",
                    "For example " + parameter + "=2026-11-21T10:15:00Z or " + parameter + "=1795256100000.");
        }
    }
}
