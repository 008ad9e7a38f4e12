package dev.headroom.dashboard.page.budget;

import dev.headroom.dashboard.budget.BudgetInquiry;
import dev.headroom.dashboard.budget.Contributors;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import java.util.ArrayList;
import java.util.List;

/** Contributors as rows of a table, each with a link to the list that has more of it. Stateless. */
final class CauseRows {
    private CauseRows() {}

    static List<BudgetPage.Causes> of(Frame frame, String service, BudgetInquiry.Answer answer) {
        List<BudgetPage.Causes> all = new ArrayList<>();
        for (Contributors.Split split : answer.splits()) {
            double most = Math.max(1e-9, split.rows().get(0).excess());
            List<BudgetPage.Cause> rows = new ArrayList<>();
            for (Contributors.Part each : split.rows()) {
                double excess = Math.max(0, each.excess());
                rows.add(new BudgetPage.Cause(
                        each.name(),
                        href(frame, service, split.key(), each.name()),
                        Figures.count(each.n()),
                        Figures.count(each.bad()),
                        Figures.number(Math.rint(each.excess() * 10) / 10),
                        BudgetPages.percent(100 * excess / most)));
            }
            all.add(new BudgetPage.Causes("By " + split.key(), note(split), rows));
        }
        return all;
    }

    private static String note(Contributors.Split split) {
        int shown = split.rows().size();
        return shown == split.parts() ? "" : "the first " + shown + " of " + split.parts();
    }

    private static String href(Frame frame, String service, String key, String name) {
        String list = switch (key) {
            case "route" -> "/routes";
            case "query" -> "/queries";
            case "cache" -> "/caches";
            case "peer" -> "/calls";
            case "pool" -> "/pools";
            case "instance" -> "/instances";
            default -> "";
        };
        return list.isEmpty() ? "" : frame.to(list, "service", service, "q", name);
    }
}
