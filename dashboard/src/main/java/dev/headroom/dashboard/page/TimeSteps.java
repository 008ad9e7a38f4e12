package dev.headroom.dashboard.page;

import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;

/**
 * The slices that a chart over the frame's time is drawn from: whole multiples of a stored cell, from whole multiples on, so that
 * every slice holds as many windows as the next and is read as it is stored. Immutable.
 */
public record TimeSteps(TimeRange range, Duration step) {
    /** Windows of the last moments are still on their way; a slice that waits for them would look like a drop. */
    private static final long UNDERWAY_MILLIS = 6_000;

    private static final long[] CELLS_MILLIS = {5_000, 10_000, 60_000, 600_000};

    /** @param slices about so many, at most */
    public static TimeSteps of(Frame frame, int slices) {
        long step = step(frame.range().length().toMillis() / slices);
        long complete = (frame.now().toEpochMilli() - UNDERWAY_MILLIS) / step * step;
        long to = Math.min(complete, (frame.range().to().toEpochMilli() + step - 1) / step * step);
        long from = Math.min(to - step, frame.range().from().toEpochMilli() / step * step);
        return new TimeSteps(
                new TimeRange(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)), Duration.ofMillis(step));
    }

    private static long step(long wishedMillis) {
        long cell = CELLS_MILLIS[0];
        for (long longer : CELLS_MILLIS) {
            cell = wishedMillis >= longer ? longer : cell;
        }
        return Math.max(1, (wishedMillis + cell - 1) / cell) * cell;
    }
}
