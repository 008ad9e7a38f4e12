package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import java.time.Duration;
import java.time.Instant;

/** The five-second grid on which agents rotate their windows and to which ranges are aligned. */
final class Grid {
    static final long CELL_MILLIS = 5_000;

    private Grid() {}

    static long down(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), CELL_MILLIS) * CELL_MILLIS;
    }

    static long up(Instant time) {
        long floor = down(time);
        return Instant.ofEpochMilli(floor).equals(time) ? floor : floor + CELL_MILLIS;
    }

    /** At least one cell, whole cells. */
    static long up(Duration step) {
        return Math.max(1, (step.toMillis() + CELL_MILLIS - 1) / CELL_MILLIS) * CELL_MILLIS;
    }

    /** True when a boundary of cells lies inside the window {@code (start, end]}, its own ends not counted. */
    static boolean crossed(long start, long end, long cellMillis) {
        return Math.floorDiv(start, cellMillis) != Math.floorDiv(end - 1, cellMillis);
    }

    /**
     * Where a batch's window begins for the purpose of ranges. Windows of senders without numbers shrink to their end: they begin
     * and end as they like, and two such senders can overlap each other without end, so that no range would contain them whole.
     */
    static long start(Batch batch) {
        long end = end(batch);
        long start = batch.start().toEpochMilli();
        return batch.cursor() == null || start >= end ? end - 1 : start;
    }

    static long end(Batch batch) {
        long floor = batch.end().toEpochMilli();
        return Instant.ofEpochMilli(floor).equals(batch.end()) ? floor : floor + 1;
    }
}
