package dev.headroom.dashboard.budget.file;

import java.util.List;
import java.util.Map;

/**
 * A budget file with everything it extends, read and checked.
 *
 * @param budgets live ones, the file's own first, then those of the packs that it does not replace
 * @param capture what the agent keeps as examples: kind, then field, then values
 * @param alertTargets where a page or a ticket goes; none for a severity that nobody is told of
 * @param warnings what is legal but suspicious, such as a waiver that ran out
 */
public record BudgetFile(
        String name,
        List<Budget> budgets,
        List<RequestClass> classes,
        Map<String, Map<String, List<String>>> capture,
        List<Budget> testBudgets,
        List<Budget> loadBudgets,
        List<Waiver> waivers,
        Map<Knobs.Severity, List<AlertTarget>> alertTargets,
        List<String> warnings) {
    /** What alerts by burn rate can never do for its budgets; those budgets alert when their verdict is FAIL. */
    public List<String> notes() {
        return BurnNotes.of(budgets);
    }
}
