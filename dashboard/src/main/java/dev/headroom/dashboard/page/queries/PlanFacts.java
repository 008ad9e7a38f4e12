package dev.headroom.dashboard.page.queries;

import dev.headroom.dashboard.page.Detail;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.LineChart;
import dev.headroom.dashboard.plan.KeptPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement's plan in words. Stateless. */
final class PlanFacts {
    private PlanFacts() {}

    static List<Detail.Fact> of(@Nullable KeptPlan plan) {
        List<Detail.Fact> facts = new ArrayList<>();
        if (plan != null) {
            if (!plan.lines().isEmpty()) {
                facts.add(new Detail.Fact(
                        "plan",
                        String.join(
                                "; ", plan.lines().stream().map(String::strip).toList())));
            }
            facts.add(new Detail.Fact("asked for", Figures.clock(plan.at()) + " UTC"));
            if (plan.changedAt() != null) {
                facts.add(new Detail.Fact("plan changed", Figures.clock(plan.changedAt()) + " UTC"));
            }
            if (plan.problem() != null) {
                facts.add(new Detail.Fact("no plan", plan.problem()));
            }
        }
        return facts;
    }

    /** For the chart over time. */
    static List<LineChart.Moment> changes(@Nullable KeptPlan plan) {
        return plan == null
                ? List.of()
                : plan.changes().stream()
                        .map(change -> new LineChart.Moment(change.at(), "plan", "changed to " + change.to()))
                        .toList();
    }
}
