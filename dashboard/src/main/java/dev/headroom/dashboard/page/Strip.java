package dev.headroom.dashboard.page;

import dev.headroom.dashboard.operations.CompletenessSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * Under a chart: whether the windows that it is drawn from all came. One cell per slice of the chart; what is late or missing is
 * taller, not only of another colour.
 *
 * @param summary the strip in words
 * @param worst class name of the worst cell
 */
public record Strip(List<Cell> cells, String summary, String worst) {
    /** None: the service's senders have no numbers, so that nobody can tell. */
    public static final Strip NONE = new Strip(List.of(), "", "none");

    /** @param look class name: complete, late, missing or no-agent */
    public record Cell(String x, String width, String y, String look, String hint) {}

    public static Strip of(List<CompletenessSlice> slices) {
        List<Cell> cells = new ArrayList<>();
        CompletenessSlice.State worst = CompletenessSlice.State.NO_AGENT;
        int[] counts = new int[CompletenessSlice.State.values().length];
        double missing = 0;
        for (int i = 0; i < slices.size(); i++) {
            CompletenessSlice slice = slices.get(i);
            CompletenessSlice.State state = slice.state();
            worst = state.compareTo(worst) > 0 ? state : worst;
            missing += slice.missingSeconds();
            counts[
                    switch (state) {
                        case NO_AGENT -> 0;
                        case COMPLETE -> 1;
                        case LATE -> 2;
                        case MISSING -> 3;
                    }]++;
            cells.add(new Cell(
                    SvgLength.percent(100.0 * i / slices.size()),
                    SvgLength.percent(100.0 / slices.size()),
                    top(state),
                    state.word(),
                    Figures.clock(slice.from()) + "\n" + words(slice)));
        }
        return new Strip(cells, summary(slices.size(), counts, missing), worst.word());
    }

    private static String top(CompletenessSlice.State state) {
        return switch (state) {
            case MISSING -> "0";
            case LATE -> "3";
            case COMPLETE, NO_AGENT -> "6";
        };
    }

    private static String words(CompletenessSlice slice) {
        String agents = slice.agents() + (slice.agents() == 1 ? " agent" : " agents");
        return switch (slice.state()) {
            case NO_AGENT -> "no agent";
            case COMPLETE -> "complete: " + agents;
            case LATE -> slice.late() + " of " + agents + " late or merged: counts are right, time is coarse";
            case MISSING ->
                slice.missing() + " of " + agents + ": windows missing, " + Figures.number(slice.missingSeconds())
                        + " s in all";
        };
    }

    private static String summary(int slices, int[] counts, double missingSeconds) {
        StringBuilder words = new StringBuilder("Windows that came: ");
        if (counts[1] == slices) {
            return words.append("all.").toString();
        }
        words.append("all in ").append(counts[1]).append(" of ").append(slices).append(" slices");
        if (counts[2] > 0) {
            words.append("; late or merged in ").append(counts[2]);
        }
        if (counts[3] > 0) {
            words.append("; missing in ")
                    .append(counts[3])
                    .append(" (")
                    .append(Figures.number(missingSeconds))
                    .append(" s)");
        }
        if (counts[0] > 0) {
            words.append("; no agent in ").append(counts[0]);
        }
        return words.append('.').toString();
    }

    /** The cells as SVG. */
    public String elements() {
        Html html = new Html();
        for (Cell cell : cells) {
            html.open("rect", "class", cell.look(), "height", "8", "x", cell.x(), "width", cell.width(), "y", cell.y())
                    .element("title", cell.hint())
                    .close("rect");
        }
        return html.toString();
    }
}
