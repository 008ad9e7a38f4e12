package dev.headroom.demo.paging;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The last item of a page of a list that is ordered by time and, within one time, by id; the newest first. */
public record Cursor(OffsetDateTime at, long id) {
    private static final Cursor BEGINNING =
            new Cursor(OffsetDateTime.of(9999, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC), Long.MAX_VALUE);

    /** Before the newest item. */
    public static Cursor beginning() {
        return BEGINNING;
    }

    /** What {@link #text} made, or the beginning for null; throws IllegalArgumentException for anything else. */
    public static Cursor of(@Nullable String text) {
        if (text == null) {
            return BEGINNING;
        }
        try {
            int comma = text.indexOf('_');
            long micros = Long.parseLong(text.substring(0, comma));
            Instant at =
                    Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L);
            return new Cursor(at.atOffset(ZoneOffset.UTC), Long.parseLong(text.substring(comma + 1)));
        } catch (IndexOutOfBoundsException | NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "Cursor " + text + ": expected the next_cursor of an earlier page, or none", wrong);
        }
    }

    /** For the address of the next page; PostgreSQL's microseconds are kept. */
    String text() {
        Instant instant = at.toInstant();
        return (instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000) + "_" + id;
    }
}
