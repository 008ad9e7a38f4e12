package dev.headroom.dashboard.page.board;

import dev.headroom.dashboard.budget.BudgetReport;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.page.Setup;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every budget of the shown services, worst first.
 *
 * @param counts rows per verdict, worst first, before the filter
 * @param judged FAIL, WARN and PASS in this order, within each the least headroom first; the first of them
 * @param unjudged NO DATA; the first of them
 * @param allJudged how many there are
 * @param allUnjudged how many there are
 * @param setup what to do while nothing has ever reported; null from the first report on
 */
public record BoardPage(
        Map<Verdict, Integer> counts,
        List<BudgetRow> judged,
        List<BudgetRow> unjudged,
        int allJudged,
        int allUnjudged,
        String filter,
        @Nullable Setup setup) {
    private static final List<Verdict> WORST_FIRST = List.of(Verdict.FAIL, Verdict.WARN, Verdict.PASS, Verdict.NO_DATA);

    /** Nobody reads more; to make and lay out hundreds of rows takes longer than to look at the first. */
    static final int MOST_JUDGED = 100;

    static final int MOST_UNJUDGED = 100;
    /** Plain methods: tens of thousands are compared for each look at the board. */
    private static final Comparator<BudgetStatus> BY_NAME = BoardPage::byName;

    private static final Comparator<BudgetStatus> BY_HEADROOM = BoardPage::byHeadroom;

    private static int byHeadroom(BudgetStatus a, BudgetStatus b) {
        int worse = b.status().compareTo(a.status());
        int less = worse != 0 ? worse : Double.compare(BudgetRow.headroomOrMost(a), BudgetRow.headroomOrMost(b));
        return less != 0 ? less : byName(a, b);
    }

    private static int byName(BudgetStatus a, BudgetStatus b) {
        int service = a.service().compareTo(b.service());
        int id = service != 0 ? service : a.id().compareTo(b.id());
        return id != 0 ? id : a.subject().compareTo(b.subject());
    }

    /** @param rows makes a row that has its past: asked for what is shown only */
    static BoardPage of(Frame frame, List<BudgetReport> reports, Setup setup, Function<BudgetStatus, BudgetRow> rows) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        String filter = frame.parameter("q").strip();
        String needle = filter.toLowerCase(Locale.ROOT);
        String only = frame.parameter("status");
        First judged = new First(MOST_JUDGED, BY_HEADROOM);
        First unjudged = new First(MOST_UNJUDGED, BY_NAME);
        for (BudgetReport report : reports) {
            if (shown(frame, report.service())) {
                for (BudgetStatus status : report.items()) {
                    counts.merge(status.status(), 1, Integer::sum);
                    if ((only.isEmpty() || only.equals(Figures.css(status.status())))
                            && (needle.isEmpty()
                                    || new BudgetRow(status).searched().contains(needle))) {
                        (status.status() == Verdict.NO_DATA ? unjudged : judged).add(status);
                    }
                }
            }
        }
        return new BoardPage(
                counts,
                judged.inOrder().stream().map(rows).toList(),
                unjudged.inOrder().stream().map(BudgetRow::new).toList(),
                judged.all,
                unjudged.all,
                filter,
                frame.services().isEmpty() && frame.environment() == null ? setup : null);
    }

    /** The first few of many, without bringing the others into order. */
    private static final class First {
        private final int most;
        private final Comparator<BudgetStatus> order;
        /** The last of them on top. */
        private final PriorityQueue<BudgetStatus> kept;

        private int all;

        First(int most, Comparator<BudgetStatus> order) {
            this.most = most;
            this.order = order;
            this.kept = new PriorityQueue<>(most + 1, order.reversed());
        }

        void add(BudgetStatus status) {
            all++;
            if (kept.size() < most) {
                kept.add(status);
            } else if (order.compare(status, kept.element()) < 0) {
                kept.remove();
                kept.add(status);
            }
        }

        List<BudgetStatus> inOrder() {
            return kept.stream().sorted(order).toList();
        }
    }

    private static boolean shown(Frame frame, String service) {
        String chosen = frame.service();
        return chosen != null
                ? chosen.equals(service)
                : frame.environment() == null || frame.services().contains(service);
    }

    /** The rows of {@link #judged} as HTML. */
    public String judgedRows(Frame frame) {
        return BoardRows.judged(judged, frame);
    }

    /** The rows of {@link #unjudged} as HTML. */
    public String unjudgedRows(Frame frame) {
        return BoardRows.unjudged(unjudged, frame);
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
