package dev.headroom.dashboard.budget.file;

import org.jspecify.annotations.Nullable;

/** The same budget with other limits, checked as the file's own are. Stateless. */
public final class LimitEdit {
    private LimitEdit() {}

    /**
     * @param target as written, such as {@code < 50ms}; null leaves it
     * @param acceptable as written; null leaves it, an empty text removes it
     * @throws BudgetFileException where a limit is wrong
     */
    public static Budget apply(Budget budget, @Nullable String target, @Nullable String acceptable) {
        Limit first = target == null ? budget.target() : limit("target", target, budget);
        Limit second = budget.acceptable();
        if (acceptable != null) {
            second = acceptable.isBlank() ? null : limit("acceptable", acceptable, budget);
        }
        if (second != null && !second.looserOrEqual(first)) {
            throw new BudgetFileException(
                    "acceptable: found \"" + second + "\"; expected a limit looser than the target \"" + first + "\"");
        }
        return new Budget(
                budget.id(),
                budget.title(),
                budget.why(),
                budget.runbook(),
                budget.owner(),
                budget.enabled(),
                budget.signal(),
                budget.where(),
                budget.per(),
                budget.measure(),
                first,
                second,
                budget.compare(),
                budget.scope(),
                budget.knobs(),
                budget.place());
    }

    private static Limit limit(String name, String text, Budget budget) {
        String quoted = "\"" + text.strip().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return BudgetReader.limit(Part.of(name, quoted), budget.measure(), budget.compare(), budget.signal());
    }
}
