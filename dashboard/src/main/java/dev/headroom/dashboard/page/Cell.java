package dev.headroom.dashboard.page;

import org.jspecify.annotations.Nullable;

/**
 * One field of a table's row.
 *
 * @param kind class in the style sheet: {@code n} number, {@code code} statement or pattern, {@code share} a bar, {@code bad} a
 *     number that should be zero and is not; empty for plain text
 * @param tag a short word set before the text, such as the HTTP method
 * @param share length of the bar in [0, 1]
 * @param hint what a pointer resting on it reads
 */
public record Cell(
        String text,
        String kind,
        @Nullable String tag,
        @Nullable Double share,
        @Nullable String hint) {
    public static Cell text(String text) {
        return new Cell(text, "", null, null, null);
    }

    public static Cell tagged(String tag, String text) {
        return new Cell(text, "", tag, null, null);
    }

    public static Cell code(@Nullable String tag, String text) {
        return new Cell(text, "code", tag, null, null);
    }

    public static Cell number(String text) {
        return new Cell(text, "n", null, null, null);
    }

    public static Cell number(String text, String hint) {
        return new Cell(text, "n", null, null, hint);
    }

    /** A count that is worth a colour unless it is zero. */
    public static Cell bad(long count) {
        return new Cell(Figures.count(count), count == 0 ? "n zero" : "n bad", null, null, null);
    }

    public static Cell share(double share) {
        return new Cell(Figures.percent(share), "n share", null, share, null);
    }

    /** The bar's length as an SVG length. */
    public String width() {
        return share == null ? "0%" : Math.round(Math.max(0, Math.min(1, share)) * 1000) / 10.0 + "%";
    }
}
