package dev.headroom.dashboard.page.board;

import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Html;
import dev.headroom.dashboard.page.VerdictBar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the board as HTML. Stateless. */
final class BoardRows {
    private static final String COLUMNS = "10";

    private BoardRows() {}

    static String judged(List<BudgetRow> rows, Frame frame) {
        Html html = new Html();
        for (BudgetRow row : rows) {
            html.open("tr", "data-row", row.key(), "class", row.explained() ? "explained" : null);
            cell(html, null, null)
                    .element(
                            "a",
                            row.status().title(),
                            "href",
                            row.href(frame),
                            "title",
                            row.status().sentence())
                    .close("td");
            subject(html, row, frame);
            html.element("td", row.status().target(), "class", "limit");
            html.element("td", row.current(), "class", "n", "data-k", "current");
            headroom(html, row);
            badge(html, row);
            html.element("td", row.count(), "class", "n", "data-k", "n");
            html.element("td", row.evidence(), "class", "dim", "data-k", "evidence");
            day(html, row);
            left(html, row);
            html.close("tr");
            if (row.explained()) {
                html.open("tr", "class", "why", "data-row", row.key() + "|why")
                        .element("td", row.status().sentence(), "colspan", COLUMNS, "data-k", "sentence")
                        .close("tr");
            }
        }
        return html.toString();
    }

    static String unjudged(List<BudgetRow> rows, Frame frame) {
        Html html = new Html();
        for (BudgetRow row : rows) {
            html.open("tr", "data-row", row.key());
            cell(html, null, null)
                    .element("a", row.status().title(), "href", row.href(frame))
                    .close("td");
            subject(html, row, frame);
            html.element("td", row.status().target(), "class", "limit");
            cell(html, null, null)
                    .element("span", row.reason(), "class", "chip")
                    .close("td");
            html.element("td", row.status().sentence(), "class", "dim").close("tr");
        }
        return html.toString();
    }

    private static Html cell(Html html, @Nullable String css, @Nullable String hint) {
        return html.open("td", "class", css, "title", hint);
    }

    private static void subject(Html html, BudgetRow row, Frame frame) {
        cell(html, "subject", null).element("span", row.subject(), "title", row.subject());
        if (frame.service() == null && frame.services().size() > 1) {
            html.element("span", " · " + row.status().service(), "class", "dim");
        }
        html.close("td");
    }

    private static void headroom(Html html, BudgetRow row) {
        cell(html, "n headroom", null)
                .open("svg", "aria-hidden", "true")
                .empty("rect", "class", "all", "width", "100%", "height", "100%")
                .empty("rect", "class", row.css(), "height", "100%", "data-k", "bar", "width", row.width())
                .close("svg")
                .element("span", row.headroom(), "data-k", "headroom")
                .close("td");
    }

    private static void badge(Html html, BudgetRow row) {
        cell(html, null, null)
                .open("span", "class", "badge " + row.css(), "data-k", "status")
                .element("span", row.shape(), "aria-hidden", "true")
                .text(" ")
                .element("span", row.word())
                .close("span")
                .close("td");
    }

    private static void day(Html html, BudgetRow row) {
        cell(html, "day", null);
        VerdictBar day = row.day();
        if (day != null) {
            html.open("svg", "class", "verdicts", "role", "img", "aria-label", day.summary());
            for (VerdictBar.Cell cell : day.cells()) {
                html.open(
                                "rect",
                                "class",
                                cell.css(),
                                "x",
                                cell.x(),
                                "width",
                                cell.width(),
                                "y",
                                cell.y(),
                                "height",
                                cell.height())
                        .element("title", cell.hint())
                        .close("rect");
            }
            html.close("svg");
        }
        html.close("td");
    }

    private static void left(Html html, BudgetRow row) {
        String burn = row.burn();
        cell(html, "n", burn.isEmpty() ? null : "burns at " + burn + " of what is allowed")
                .element("span", row.left());
        if (row.burning()) {
            html.element("span", ", " + burn, "class", "dim");
        }
        html.close("td");
    }
}
