package dev.headroom.dashboard.page.compare;

import dev.headroom.dashboard.compare.Compared;
import dev.headroom.dashboard.compare.Comparison;
import dev.headroom.dashboard.compare.Direction;
import dev.headroom.dashboard.compare.Side;
import dev.headroom.dashboard.page.Figures;

/** A comparison as a table for a pull request or a chat. Stateless. */
final class CompareMarkdown {
    private static final int MOST_ROWS = 30;
    private static final int LONGEST_NAME = 120;

    private CompareMarkdown() {}

    static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder("**")
                .append(cell(comparison.service()))
                .append("**: A ")
                .append(words(comparison.before()))
                .append("; B ")
                .append(words(comparison.after()))
                .append(
                        "\n\n| operation | verdict | p50 ms | p95 ms | change of p95 | per s |\n|---|---|---|---|---|---|\n");
        int rows = 0;
        for (Compared row : comparison.rows()) {
            if (row.direction() != Direction.NO_EVIDENCE && rows < MOST_ROWS) {
                text.append("| ")
                        .append(cell(row.name()))
                        .append(" | ")
                        .append(row.direction().word())
                        .append(" | ")
                        .append(CompareColumns.pair(row.median(), 1000))
                        .append(" | ")
                        .append(CompareColumns.pair(row.p95(), 1000))
                        .append(" | ")
                        .append(CompareColumns.change(row.p95()))
                        .append(" | ")
                        .append(Figures.number(row.rateBefore()))
                        .append(" → ")
                        .append(Figures.number(row.rateAfter()))
                        .append(" |\n");
                rows++;
            }
        }
        return text.append('\n')
                .append(comparison.count(Direction.NO_EVIDENCE))
                .append(" without evidence of a change.\n")
                .toString();
    }

    private static String words(Side side) {
        return side.words() + " ("
                + Figures.span(side.range().from(), side.range().to()) + ")";
    }

    private static String cell(String text) {
        String line = text.replace('\n', ' ').replace("|", "\\|").replace("<", "&lt;");
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "…";
    }
}
