package dev.headroom.dashboard.page.board;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.page.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every budget of the shown services, worst first.
 *
 * @param counts rows per verdict, worst first, before the filter
 * @param judged FAIL, WARN and PASS in this order, within each the least headroom first
 * @param unjudged NO DATA
 * @param setup what to do while nothing has ever reported; null from the first report on
 */
public record BoardPage(
        Map<Verdict, Integer> counts,
        List<BudgetRow> judged,
        List<BudgetRow> unjudged,
        String filter,
        @Nullable Setup setup) {
    private static final List<Verdict> WORST_FIRST = List.of(Verdict.FAIL, Verdict.WARN, Verdict.PASS, Verdict.NO_DATA);

    static BoardPage of(Frame frame, List<BudgetReport> reports, Setup setup) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        String filter = frame.parameter("q").strip();
        String needle = filter.toLowerCase(Locale.ROOT);
        String only = frame.parameter("status");
        List<BudgetRow> judged = new ArrayList<>();
        List<BudgetRow> unjudged = new ArrayList<>();
        for (BudgetReport report : reports) {
            if (shown(frame, report.service())) {
                for (BudgetStatus status : report.items()) {
                    counts.merge(status.status(), 1, Integer::sum);
                    BudgetRow row = new BudgetRow(status);
                    if (row.searched().contains(needle) && (only.isEmpty() || only.equals(row.css()))) {
                        (status.status() == Verdict.NO_DATA ? unjudged : judged).add(row);
                    }
                }
            }
        }
        judged.sort(Comparator.comparing((BudgetRow row) -> row.status().status())
                .reversed()
                .thenComparingDouble(BudgetRow::headroomOrMost)
                .thenComparing(BudgetRow::key));
        unjudged.sort(Comparator.comparing(BudgetRow::key));
        return new BoardPage(
                counts,
                judged,
                unjudged,
                filter,
                frame.services().isEmpty() && frame.environment() == null ? setup : null);
    }

    private static boolean shown(Frame frame, String service) {
        String chosen = frame.service();
        return chosen != null
                ? chosen.equals(service)
                : frame.environment() == null || frame.services().contains(service);
    }

    public List<Verdict> worstFirst() {
        return WORST_FIRST;
    }

    public int count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
