package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Per;
import dev.headroom.dashboard.budget.file.ValuePattern;
import java.util.ArrayList;
import java.util.List;

/** A budget that names a route beats one that names a class, for that route and measure. Immutable. */
final class Precedence {
    private final List<Budget> named = new ArrayList<>();

    Precedence(List<Check> checks) {
        for (Check check : checks) {
            if (check.namesRoute() && check.measured()) {
                named.add(check.budget());
            }
        }
    }

    /** Whether another budget is judged in its place for the subject. */
    boolean beaten(Check check, String subject) {
        List<Per> apart =
                check.budget().per().stream().filter(per -> per != Per.SERVICE).toList();
        if (!check.namesClass() || !apart.equals(List.of(Per.ROUTE))) {
            return false;
        }
        for (Budget each : named) {
            ValuePattern route = each.where().get("route");
            boolean same = each.signal() == check.budget().signal()
                    && each.measure().equals(check.budget().measure());
            if (same && route != null && route.matches(subject)) {
                return true;
            }
        }
        return false;
    }
}
