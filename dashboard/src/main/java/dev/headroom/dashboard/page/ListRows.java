package dev.headroom.dashboard.page;

import java.util.List;

/** The rows of a list's table as HTML. Stateless. */
public final class ListRows {
    private ListRows() {}

    /**
     * A row that leads somewhere and cannot be opened where it stands.
     *
     * @param href of its first cell
     */
    public record Leading(String href, List<Cell> cells) {}

    public static String leading(List<Leading> rows) {
        Html html = new Html();
        for (Leading row : rows) {
            html.open("tr");
            boolean first = true;
            for (Cell cell : row.cells()) {
                html.open("td", "class", cell.kind());
                if (first) {
                    html.open("a", "href", row.href());
                    name(html, cell);
                } else {
                    value(html, cell);
                }
                html.close("td");
                first = false;
            }
            html.close("tr");
        }
        return html.toString();
    }

    /** Only the row itself, not what it shows when it is open. */
    static String of(List<ListPage.Line> lines) {
        Html html = new Html();
        for (ListPage.Line line : lines) {
            boolean open = line.detail() != null;
            String mark = open ? "open" : null;
            html.open("tr", "data-row", line.id(), "class", mark, "id", mark);
            boolean first = true;
            for (ListPage.Field field : line.fields()) {
                Cell cell = field.cell();
                html.open("td", "class", cell.kind(), "title", cell.hint(), "data-k", field.key());
                if (first) {
                    head(html, line, cell, open);
                } else {
                    value(html, cell);
                }
                html.close("td");
                first = false;
            }
            html.close("tr");
        }
        return html.toString();
    }

    private static void head(Html html, ListPage.Line line, Cell cell, boolean open) {
        html.open("a", "href", line.href(), "aria-expanded", Boolean.toString(open));
        name(html, cell);
    }

    private static void name(Html html, Cell cell) {
        String tag = cell.tag();
        if (tag != null) {
            html.element("span", tag, "class", "tag");
        }
        html.text(" ").element("span", cell.text(), "class", "text").close("a");
    }

    private static void value(Html html, Cell cell) {
        if (cell.share() != null) {
            html.open("svg", "class", "share", "aria-hidden", "true")
                    .empty("rect", "height", "100%", "width", cell.width())
                    .close("svg");
        }
        html.element("span", cell.text(), "class", "of");
    }
}
