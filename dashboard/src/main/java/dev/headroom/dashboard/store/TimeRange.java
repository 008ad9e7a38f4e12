package dev.headroom.dashboard.store;

import java.time.Duration;
import java.time.Instant;

/** The time {@code (from, to]}. */
public record TimeRange(Instant from, Instant to) {
    public TimeRange {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("The time range ends (" + to + ") before it begins (" + from + ")");
        }
    }

    /** The range of this length that ends at {@code to}. */
    public static TimeRange upTo(Instant to, Duration length) {
        return new TimeRange(to.minus(length), to);
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    public double seconds() {
        return length().toMillis() / 1000.0;
    }
}
