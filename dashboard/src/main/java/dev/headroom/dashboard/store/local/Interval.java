package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.TimeRange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time {@code (start, end]} in Unix milliseconds, on the five-second grid. */
record Interval(long start, long end) {
    /** Where the window belongs among cells of that length: its cell, or itself when a boundary lies inside it. */
    static Interval of(long start, long end, long cellMillis) {
        long cell = Math.floorDiv(end - 1, cellMillis) * cellMillis;
        if (start >= cell) {
            return new Interval(cell, cell + cellMillis);
        }
        return new Interval(
                Math.floorDiv(start, Grid.CELL_MILLIS) * Grid.CELL_MILLIS,
                (Math.floorDiv(end - 1, Grid.CELL_MILLIS) + 1) * Grid.CELL_MILLIS);
    }

    /** The same, among longer cells. */
    Interval within(long cellMillis) {
        return of(start, end, cellMillis);
    }

    /** Milliseconds. */
    long length() {
        return end - start;
    }

    boolean cutBy(long time) {
        return start < time && time < end;
    }

    /** The smallest around both. */
    Interval with(@Nullable Interval other) {
        return other == null ? this : new Interval(Math.min(start, other.start), Math.max(end, other.end));
    }

    boolean isCell(long cellMillis) {
        return end - start == cellMillis && start % cellMillis == 0;
    }

    TimeRange range() {
        return new TimeRange(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
    }
}
