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
 * A table of operations: sorted, filtered, cut into pages and opened by the URL alone ({@code sort}, {@code dir}, {@code q},
 * {@code page}, {@code rows}, {@code cols}, {@code open}).
 *
 * @param noun what a row is, in the plural
 * @param total rows before the filter
 * @param paging which of the rows that the filter leaves are shown, and the way to the others
 * @param choices columns to choose from
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
        Paging paging,
        List<Choice> choices,
        List<String> notes) {
    /** Parameter with the keys of the columns shown, set apart by full stops. */
    static final String COLUMNS = "cols";

    /** A column that may be left out; the first one always stays. */
    public record Choice(String key, String label, String meaning, boolean shown) {}

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
        List<T> found = listing.items().stream()
                .filter(row ->
                        shape.searched().apply(row).toLowerCase(Locale.ROOT).contains(needle))
                .sorted(order.thenComparing(shape.id()))
                .toList();
        Paging paging = Paging.of(frame, found.stream().map(shape.id()).toList());
        List<T> rows = found.subList(paging.first(), paging.end());
        List<Column<T>> columns = shown(frame, shape);
        List<Head> heads = new ArrayList<>();
        for (Column<T> column : columns) {
            boolean sorted = column.equals(by);
            // A second click turns the order round; the first takes the one that shows the worst on top.
            String dir = sorted ? (ascending ? "desc" : "asc") : (column.numeric() ? "desc" : "asc");
            heads.add(new Head(
                    column.key(),
                    column.label(),
                    column.meaning(),
                    column.numeric(),
                    frame.here("sort", column.key(), "dir", dir, "open", "", Paging.PAGE, ""),
                    sorted ? (ascending ? "ascending" : "descending") : null));
        }
        List<Line> lines = new ArrayList<>();
        for (T row : rows) {
            String id = shape.id().apply(row);
            boolean open = id.equals(frame.parameter("open"));
            lines.add(new Line(
                    id,
                    columns.stream()
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
                paging,
                shape.columns().stream()
                        .skip(1)
                        .map(column ->
                                new Choice(column.key(), column.label(), column.meaning(), columns.contains(column)))
                        .toList(),
                listing.notes());
    }

    /** The first column and those that {@code cols} names; all of them when it names none. */
    private static <T> List<Column<T>> shown(Frame frame, Shape<T> shape) {
        List<String> chosen = List.of(frame.parameter(COLUMNS).split("[.]"));
        List<Column<T>> shown = new ArrayList<>();
        for (Column<T> column : shape.columns()) {
            if (shown.isEmpty() || chosen.contains(column.key())) {
                shown.add(column);
            }
        }
        return shown.size() > 1 ? shown : shape.columns();
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

    private String one() {
        return noun.endsWith("ies") ? noun.substring(0, noun.length() - 3) + "y" : noun.substring(0, noun.length() - 1);
    }

    /** How many rows of how many are shown, in words: "12 routes", "3 of 12 routes", "101–200 of 812 routes". */
    public String shown() {
        String all = Figures.count(total) + " " + (total == 1 ? one() : noun);
        if (paging.several()) {
            return Figures.count(paging.first() + 1L) + "–" + Figures.count(paging.end()) + " of "
                    + (paging.found() == total ? all : Figures.count(paging.found()) + " found, of " + all);
        }
        return lines.size() == total ? all : Figures.count(lines.size()) + " of " + all;
    }
}
