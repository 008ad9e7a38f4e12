package dev.headroom.dashboard.run.report;

import dev.headroom.dashboard.budget.Change;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.run.Gate;
import dev.headroom.dashboard.run.RunResult;
import java.util.ArrayList;
import java.util.List;

/** As a table for a terminal or a build's log. Stateless. */
public final class ConsoleReport {
    private static final int WIDEST = 48;

    private ConsoleReport() {}

    public static String write(RunResult result, Gate gate) {
        boolean beside = result.baseline() != null;
        List<String[]> rows = new ArrayList<>();
        rows.add(
                beside
                        ? new String[] {
                            "STATUS",
                            "BUDGET",
                            "SUBJECT",
                            "TARGET",
                            "CURRENT",
                            "BEFORE",
                            "CHANGE",
                            "N",
                            "EVIDENCE",
                            "HEADROOM"
                        }
                        : new String[] {"STATUS", "BUDGET", "SUBJECT", "TARGET", "CURRENT", "N", "EVIDENCE", "HEADROOM"
                        });
        for (RunResult.Item item : Words.judged(result)) {
            rows.add(row(item, beside));
        }
        StringBuilder out = new StringBuilder();
        table(out, rows);
        List<RunResult.Item> unjudged = Words.unjudged(result);
        if (!unjudged.isEmpty()) {
            out.append('\n').append(unjudged.size()).append(" without data:\n");
            for (RunResult.Item item : unjudged) {
                out.append("  ")
                        .append(Escape.line(
                                item.id() + " (" + item.about() + "): " + Words.status(item) + ", " + item.sentence()))
                        .append('\n');
            }
        }
        out.append('\n');
        for (RunResult.Item item : result.items()) {
            if (item.status() == Verdict.FAIL || gate.fails(item)) {
                out.append(Escape.line(
                                Words.status(item) + " " + item.id() + " (" + item.about() + "): " + item.sentence()))
                        .append('\n');
            }
        }
        result.warnings()
                .forEach(warning ->
                        out.append("warning: ").append(Escape.line(warning)).append('\n'));
        RunResult.Name run = result.run();
        if (run != null) {
            out.append("run ")
                    .append(run.id())
                    .append(" (")
                    .append(Escape.line(run.name()))
                    .append(")\n");
        }
        return out.append(
                        gate.decide(result) == Gate.Decision.NO_DATA
                                ? "NO DATA"
                                : gate.decide(result).name())
                .append(": ")
                .append(Escape.line(result.service() + ", " + Words.span(result.from(), result.to()) + "; "
                        + gate.sentence(result)))
                .append('\n')
                .toString();
    }

    private static String[] row(RunResult.Item item, boolean beside) {
        String evidence = item.evidence() == null ? "" : item.evidence();
        Change change = item.change();
        return beside
                ? new String[] {
                    Words.status(item),
                    item.id(),
                    item.about(),
                    item.target(),
                    Words.current(item),
                    change == null ? Words.NONE : change.before(),
                    change == null ? Words.NONE : Words.change(change),
                    Words.count(item.n()),
                    evidence,
                    Words.headroom(item.headroom())
                }
                : new String[] {
                    Words.status(item),
                    item.id(),
                    item.about(),
                    item.target(),
                    Words.current(item),
                    Words.count(item.n()),
                    evidence,
                    Words.headroom(item.headroom())
                };
    }

    private static void table(StringBuilder out, List<String[]> rows) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = cut(Escape.line(row[i]));
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static String cut(String text) {
        if (text.length() <= WIDEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(WIDEST - 2)) ? WIDEST - 2 : WIDEST - 1;
        return text.substring(0, end) + "…";
    }
}
