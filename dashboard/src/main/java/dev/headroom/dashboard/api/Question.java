package dev.headroom.dashboard.api;

import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Reads the parameters {@code service}, {@code from} and {@code to} that all lists share. Thread-safe; blocks on the store where a
 * service is looked up.
 */
@Component
public class Question {
    /** When no {@code from} is given. */
    public static final Duration DEFAULT_RANGE = Duration.ofMinutes(15);

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
            throw new BadQuestion(
                    HttpStatus.BAD_REQUEST,
                    "No service named",
                    "no parameter service",
                    known.isEmpty() ? "a service that reports; none has reported yet" : "one of " + known,
                    "Add ?service=<name>; GET /api/v1/services lists them.");
        }
        if (!known.contains(name)) {
            throw new BadQuestion(
                    HttpStatus.NOT_FOUND,
                    "Unknown service",
                    name,
                    "one of " + known,
                    "Services appear with their first report; GET /api/v1/services lists them.");
        }
        return name;
    }

    /** The asked time, or the last 15 minutes of it. Times are ISO-8601 or milliseconds since 1970. */
    public TimeRange range(@Nullable String from, @Nullable String to) {
        Instant end = to == null || to.isBlank() ? clock.instant() : time("to", to);
        Instant begin = from == null || from.isBlank() ? end.minus(DEFAULT_RANGE) : time("from", from);
        if (!begin.isBefore(end)) {
            throw new BadQuestion(
                    HttpStatus.BAD_REQUEST,
                    "The time range ends before it begins",
                    "from " + begin + " to " + end,
                    "from before to",
                    "Swap the two, or leave from out for the 15 minutes before to.");
        }
        return new TimeRange(begin, end);
    }

    private static Instant time(String parameter, String text) {
        try {
            if (text.chars().allMatch(Character::isDigit)) {
                return Instant.ofEpochMilli(Long.parseLong(text));
            }
            // A plus sign in a query string arrives as a blank.
            return OffsetDateTime.parse(text.trim().replace(' ', '+')).toInstant();
        } catch (DateTimeException | NumberFormatException failure) {
            throw new BadQuestion(
                    HttpStatus.BAD_REQUEST,
                    "Parameter " + parameter + " is no time",
                    text,
                    "ISO-8601 with zone, or milliseconds since 1970",
                    "For example " + parameter + "=2026-11-21T10:15:00Z or " + parameter + "=1795256100000.");
        }
    }
}
