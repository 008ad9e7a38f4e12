package dev.headroom.dashboard.run.report;

import dev.headroom.dashboard.budget.Change;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.run.Gate;
import dev.headroom.dashboard.run.RunResult;
import java.util.List;

/** As Markdown for a comment on a pull request: what is broken first, the rest folded. Stateless. */
final class MarkdownReport {
    /** Comments have a limit of their own. */
    private static final int MOST_ROWS = 100;

    private MarkdownReport() {}

    static String write(RunResult result, Gate gate) {
        StringBuilder out = new StringBuilder();
        String word = switch (gate.decide(result)) {
            case PASS -> "● PASS";
            case FAIL -> "■ FAIL";
            case NO_DATA -> "○ NO DATA";
        };
        out.append("### Headroom: ")
                .append(word)
                .append(" for ")
                .append(Escape.markdown(Words.title(result)))
                .append("\n\n");
        out.append(Escape.markdown(gate.sentence(result))).append("; ");
        out.append(result.count(Verdict.FAIL)).append(" FAIL, ");
        out.append(result.count(Verdict.WARN)).append(" WARN, ");
        out.append(result.count(Verdict.PASS)).append(" PASS, ");
        out.append(result.count(Verdict.NO_DATA)).append(" NO DATA. ");
        out.append(Escape.markdown(Words.span(result.from(), result.to()))).append(".\n\n");
        result.warnings()
                .forEach(warning ->
                        out.append("> ⚠ ").append(Escape.markdown(warning)).append("\n\n"));
        List<RunResult.Item> judged = Words.judged(result);
        List<RunResult.Item> broken =
                judged.stream().filter(item -> item.status() != Verdict.PASS).toList();
        boolean beside = result.baseline() != null;
        table(out, broken, beside);
        broken.stream()
                .filter(gate::fails)
                .limit(MOST_ROWS)
                .forEach(item -> out.append("- **")
                        .append(Escape.markdown(item.id()))
                        .append("** ")
                        .append(Escape.markdown(item.about()))
                        .append(": ")
                        .append(Escape.markdown(item.sentence()))
                        .append('\n'));
        List<RunResult.Item> kept =
                judged.stream().filter(item -> item.status() == Verdict.PASS).toList();
        if (!kept.isEmpty()) {
            out.append("\n<details><summary>").append(kept.size()).append(" kept</summary>\n\n");
            table(out, kept, beside);
            out.append("\n</details>\n");
        }
        List<RunResult.Item> unjudged = Words.unjudged(result);
        if (!unjudged.isEmpty()) {
            out.append("\n<details><summary>")
                    .append(unjudged.size())
                    .append(" without data</summary>\n\n| Budget | Subject | Target | Why |\n|---|---|---|---|\n");
            unjudged.stream()
                    .limit(MOST_ROWS)
                    .forEach(item -> row(
                            out,
                            item.title(),
                            item.about(),
                            item.target(),
                            Words.status(item) + ": " + item.sentence()));
            rest(out, unjudged.size());
            out.append("\n</details>\n");
        }
        return out.toString();
    }

    private static void table(StringBuilder out, List<RunResult.Item> items, boolean beside) {
        if (items.isEmpty()) {
            return;
        }
        out.append("| Budget | Subject | Target | Current |")
                .append(beside ? " Before | Change |" : "")
                .append(" Status | n | Evidence |\n|---|---|---|---|")
                .append(beside ? "---|---|" : "")
                .append("---|---|---|\n");
        for (RunResult.Item item : items.subList(0, Math.min(MOST_ROWS, items.size()))) {
            String status = Words.shape(item.status()) + " " + Words.status(item);
            String evidence = item.evidence() == null ? "" : item.evidence();
            Change change = item.change();
            if (beside) {
                row(
                        out,
                        item.title(),
                        item.about(),
                        Words.limits(item),
                        Words.current(item),
                        change == null ? Words.NONE : change.before(),
                        change == null ? Words.NONE : Words.change(change),
                        status,
                        Words.count(item.n()),
                        evidence);
            } else {
                row(
                        out,
                        item.title(),
                        item.about(),
                        Words.limits(item),
                        Words.current(item),
                        status,
                        Words.count(item.n()),
                        evidence);
            }
        }
        rest(out, items.size());
        out.append('\n');
    }

    private static void rest(StringBuilder out, int all) {
        if (all > MOST_ROWS) {
            out.append("\nand ").append(all - MOST_ROWS).append(" more\n");
        }
    }

    private static void row(StringBuilder out, String... cells) {
        out.append('|');
        for (String cell : cells) {
            out.append(' ').append(Escape.markdown(cell)).append(" |");
        }
        out.append('\n');
    }
}
