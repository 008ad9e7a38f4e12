package dev.headroom.dashboard.page.service;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.operations.Coverage;
import dev.headroom.dashboard.page.LineChart;
import dev.headroom.dashboard.page.ListRows;
import dev.headroom.dashboard.page.StackedChart;
import dev.headroom.dashboard.page.Strip;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service: its verdicts, how it went over time, and what costs most.
 *
 * @param verdicts budgets that are not kept, worst first
 * @param time where it goes; null where no request was served
 * @param strip whether what the charts show is all there; the same under each of them
 * @param coverage subjects of which its senders do not tell everything
 */
public record ServicePage(
        String service,
        BudgetReport report,
        List<BudgetStatus> verdicts,
        List<Figure> figures,
        List<LineChart> charts,
        @Nullable StackedChart time,
        Strip strip,
        List<Top> tops,
        List<Coverage> coverage) {
    /** So many verdicts are shown before the figures; the others fold up, so that figures and charts stay on the first screen. */
    private static final int WORST = 5;

    /** A number with its name, over the whole range. */
    public record Figure(String label, String value, String note) {}

    /** The first rows of a list and where the others are. */
    public record Top(String title, String href, List<String> heads, List<ListRows.Leading> rows) {
        /** As HTML. */
        public String rowElements() {
            return ListRows.leading(rows);
        }
    }

    static List<BudgetStatus> broken(BudgetReport report) {
        return report.items().stream()
                .filter(status -> status.status() == Verdict.FAIL || status.status() == Verdict.WARN)
                .sorted(Comparator.comparing(BudgetStatus::status).reversed())
                .toList();
    }

    public List<BudgetStatus> worst() {
        return verdicts.subList(0, Math.min(WORST, verdicts.size()));
    }

    public List<BudgetStatus> others() {
        return verdicts.subList(worst().size(), verdicts.size());
    }

    public long count(Verdict verdict) {
        return report.items().stream()
                .filter(status -> status.status() == verdict)
                .count();
    }
}
