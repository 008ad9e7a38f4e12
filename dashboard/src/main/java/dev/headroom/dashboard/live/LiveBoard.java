package dev.headroom.dashboard.live;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.board.BudgetRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest verdicts as rows of the board, and what changed since the ones before. Not thread-safe. */
final class LiveBoard {
    /**
     * A row of the board as texts.
     *
     * @param row the row's name in the page
     * @param css class of the verdict
     * @param width length of the headroom's bar
     */
    record Row(
            String row,
            String service,
            String id,
            String subject,
            Verdict status,
            String css,
            String shape,
            String current,
            String headroom,
            String width,
            String n,
            String evidence,
            String reason,
            String sentence) {
        static Row of(BudgetStatus status) {
            BudgetRow row = new BudgetRow(status);
            return new Row(
                    row.key(),
                    status.service(),
                    status.id(),
                    status.subject(),
                    status.status(),
                    row.css(),
                    row.shape(),
                    row.current(),
                    row.headroom(),
                    row.width(),
                    row.count(),
                    row.evidence(),
                    row.reason(),
                    status.sentence());
        }
    }

    /**
     * What the stream says of the board.
     *
     * @param full whether {@code rows} are all rows, or those that changed
     * @param moved whether rows came, went or changed their verdict, so that the order differs
     * @param overall worst verdict of each service
     */
    record Event(
            boolean full, boolean moved, Map<String, Verdict> overall, Map<String, Integer> counts, List<Row> rows) {}

    private Map<String, Row> rows = Map.of();
    private Map<String, Verdict> overall = Map.of();

    /** Takes the new verdicts; an event without rows says that nothing changed. */
    Event take(List<BudgetReport> reports) {
        Map<String, Row> newest = new LinkedHashMap<>();
        Map<String, Verdict> worst = new LinkedHashMap<>();
        for (BudgetReport report : reports) {
            worst.put(report.service(), report.overall());
            for (BudgetStatus status : report.items()) {
                Row row = Row.of(status);
                newest.put(row.row(), row);
            }
        }
        List<Row> changed = new ArrayList<>();
        boolean moved = !newest.keySet().equals(rows.keySet());
        for (Row row : newest.values()) {
            Row before = rows.get(row.row());
            if (!row.equals(before)) {
                changed.add(row);
                moved |= before == null || before.status() != row.status();
            }
        }
        rows = newest;
        overall = worst;
        return new Event(false, moved, worst, counts(), changed);
    }

    /** Everything, for a client that knows nothing. */
    Event full() {
        return new Event(true, false, overall, counts(), List.copyOf(rows.values()));
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            counts.put(Figures.css(verdict), 0);
        }
        rows.values().forEach(row -> counts.merge(row.css(), 1, Integer::sum));
        return counts;
    }
}
