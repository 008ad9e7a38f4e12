package dev.headroom.dashboard.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Reads the header of that name: seconds or a date. Stateless. */
final class RetryAfter {
    /** A receiver that asks for more is asked again all the same. */
    private static final Duration MOST = Duration.ofHours(1);

    private RetryAfter() {}

    /** Zero for what is neither. */
    static Duration of(String header, Instant now) {
        Duration asked = Duration.ZERO;
        if (header.matches("[0-9]{1,9}")) {
            asked = Duration.ofSeconds(Long.parseLong(header));
        } else if (header.matches("[0-9]{1,6}\\.[0-9]{1,6}")) {
            // Discord's seconds have decimals.
            asked = Duration.ofMillis((long) Math.ceil(Double.parseDouble(header) * 1000));
        } else {
            try {
                asked = Duration.between(
                        now,
                        ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
            } catch (DateTimeParseException neither) {
                return asked;
            }
        }
        return asked.isNegative() ? Duration.ZERO : asked.compareTo(MOST) > 0 ? MOST : asked;
    }
}
