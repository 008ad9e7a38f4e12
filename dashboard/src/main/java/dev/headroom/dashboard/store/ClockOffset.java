package dev.headroom.dashboard.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a sender's clock is ahead of the dashboard's. Every batch says when it was sent, by the sender's clock; it arrives later
 * by its time on the way, so {@code sent - arrived} is never more than the true offset, and less by that time. The largest of a
 * minute or two is therefore nearest: its error is the quickest transfer of that time, a few milliseconds in a data centre.
 * Immutable and thread-safe.
 *
 * @param sinceMillis begin of the running minute by the dashboard's clock; 0 before the first
 * @param runningMillis largest offset of the running minute
 * @param previousMillis that of the one before
 */
public record ClockOffset(long sinceMillis, long runningMillis, long previousMillis) {
    public static final ClockOffset UNKNOWN = new ClockOffset(0, 0, 0);

    private static final long MINUTE_MILLIS = 60_000;

    ClockOffset plus(Delivery delivery) {
        Instant sent = delivery.sent();
        if (sent == null) {
            return this;
        }
        long arrived = delivery.arrived().toEpochMilli();
        long offset = sent.toEpochMilli() - arrived;
        if (!known()) {
            return new ClockOffset(arrived, offset, offset);
        }
        if (arrived - sinceMillis >= MINUTE_MILLIS || arrived < sinceMillis) {
            return new ClockOffset(arrived, offset, runningMillis);
        }
        return new ClockOffset(sinceMillis, Math.max(runningMillis, offset), previousMillis);
    }

    public boolean known() {
        return sinceMillis != 0;
    }

    /** Positive: the sender's clock is ahead. Null while unknown. */
    public @Nullable Duration ahead() {
        return known() ? Duration.ofMillis(Math.max(runningMillis, previousMillis)) : null;
    }
}
