package dev.headroom.dashboard.page;

import dev.headroom.dashboard.operations.Listing;
import dev.headroom.dashboard.store.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of operations: sorted, filtered and opened by the URL alone ({@code sort}, {@code dir}, {@code q}, {@code open}).
 *
 * @param noun what a row is, in the plural
 * @param total rows before the filter
 * @param range the time really counted, aligned to stored windows
 * @param notes what the senders do not tell, and why
 */
public record ListPage(
        Frame frame,
        String noun,
        TimeRange range,
        List<Head> heads,
        List<Line> lines,
        int total,
        String filter,
        List<String> notes) {
    /** The most rows shown; the filter reaches the others. */
    static final int MOST_ROWS = 500;

    /**
     * Head of a column.
     *
     * @param order {@code ascending} or {@code descending} when the table is ordered by it, else null
     */
    public record Head(
            String key,
            String label,
            String meaning,
            boolean numeric,
            String href,
            @Nullable String order) {
        public String arrow() {
            return order == null ? "" : order.equals("ascending") ? "↑" : "↓";
        }
    }

    /** A row; {@code href} opens it, or closes it when it is open. */
    public record Line(
            String id,
            List<Field> fields,
            String href,
            @Nullable Detail detail) {}

    /** A cell and the key of its column. */
    public record Field(String key, Cell cell) {}

    /** What the pages of lists differ in. */
    public record Shape<T>(
            String noun, List<Column<T>> columns, String sort, Function<T, String> id, Function<T, String> searched) {}

    /** @param detail makes the detail of the open row */
    public static <T> ListPage of(Frame frame, Shape<T> shape, Listing<T> listing, Function<T, Detail> detail) {
        String key = frame.parameter("sort");
        Column<T> by = column(shape, key) != null ? column(shape, key) : column(shape, shape.sort());
        if (by == null) {
            throw new IllegalArgumentException("No column " + shape.sort() + " among " + shape.noun());
        }
        boolean ascending = frame.parameter("dir").isEmpty()
                ? !by.numeric()
                : frame.parameter("dir").equals("asc");
        String filter = frame.parameter("q").strip();
        String needle = filter.toLowerCase(Locale.ROOT);
        Comparator<T> order = ascending ? by.order() : by.order().reversed();
        List<T> rows = listing.items().stream()
                .filter(row ->
                        shape.searched().apply(row).toLowerCase(Locale.ROOT).contains(needle))
                .sorted(order.thenComparing(shape.id()))
                .limit(MOST_ROWS)
                .toList();
        List<Head> heads = new ArrayList<>();
        for (Column<T> column : shape.columns()) {
            boolean sorted = column.equals(by);
            // A second click turns the order round; the first takes the one that shows the worst on top.
            String dir = sorted ? (ascending ? "desc" : "asc") : (column.numeric() ? "desc" : "asc");
            heads.add(new Head(
                    column.key(),
                    column.label(),
                    column.meaning(),
                    column.numeric(),
                    frame.here("sort", column.key(), "dir", dir, "open", ""),
                    sorted ? (ascending ? "ascending" : "descending") : null));
        }
        List<Line> lines = new ArrayList<>();
        for (T row : rows) {
            String id = shape.id().apply(row);
            boolean open = id.equals(frame.parameter("open"));
            lines.add(new Line(
                    id,
                    shape.columns().stream()
                            .map(column -> new Field(column.key(), column.cell().apply(row)))
                            .toList(),
                    frame.here("open", open ? "" : id) + (open ? "" : "#open"),
                    open ? detail.apply(row) : null));
        }
        return new ListPage(
                frame,
                shape.noun(),
                new TimeRange(listing.from(), listing.to()),
                heads,
                lines,
                listing.items().size(),
                filter,
                listing.notes());
    }

    private static <T> @Nullable Column<T> column(Shape<T> shape, String key) {
        return shape.columns().stream()
                .filter(column -> column.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** Rows up to the open one, and it, as HTML; all of them when none is open. */
    public String rowsToOpen() {
        return ListRows.of(lines.subList(0, openAt() + 1));
    }

    /** The open row, or null. */
    public @Nullable Line opened() {
        int at = openAt();
        return at < lines.size() && lines.get(at).detail() != null ? lines.get(at) : null;
    }

    /** Rows behind the open one as HTML. */
    public String rowsBehind() {
        return ListRows.of(lines.subList(openAt() + 1, lines.size()));
    }

    /** The open row's place, or the last one. */
    private int openAt() {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).detail() != null) {
                return i;
            }
        }
        return lines.size() - 1;
    }

    /** How many rows of how many are shown, in words. */
    public String shown() {
        return lines.size() == total
                ? Figures.count(total) + " " + noun
                : Figures.count(lines.size()) + " of " + Figures.count(total) + " " + noun;
    }
}
