package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.BudgetFileException;
import dev.headroom.dashboard.budget.file.BudgetFileReader;
import dev.headroom.dashboard.budget.file.LimitEdit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Edited budgets that somebody wants judged over stored time. Immutable.
 *
 * @param file whose classes hold
 * @param budgets at least one
 */
public record BudgetTrial(BudgetFile file, List<Budget> budgets) {
    private static final int MOST = 20;
    /** Stands before line and column in messages. */
    public static final String NAME = "budgets.yaml";

    /**
     * Of a whole file, of one budget in it, or of one in force with other limits.
     *
     * @param yaml null or blank for the file in force
     * @param id null for all that the YAML itself holds
     * @throws BudgetFileException where anything in it is wrong
     */
    public static BudgetTrial of(
            BudgetBook book,
            @Nullable String yaml,
            @Nullable String id,
            @Nullable String target,
            @Nullable String acceptable,
            Instant now) {
        boolean edited = yaml != null && !yaml.isBlank();
        BudgetFile file = yaml != null && edited
                ? new BudgetFileReader(LocalDate.ofInstant(now, ZoneOffset.UTC)).parse(NAME, yaml)
                : book.file();
        String named = blankless(id);
        List<Budget> budgets = file.budgets().stream()
                .filter(budget -> named == null
                        ? edited && budget.place().startsWith(NAME + ":")
                        : budget.id().equals(named))
                .toList();
        if (budgets.isEmpty()) {
            throw new BudgetFileException("found " + (named == null ? "no budget" : "no budget \"" + named + "\"")
                    + "; expected a file with budgets of its own, or the id of one");
        }
        if (budgets.size() > MOST) {
            throw new BudgetFileException("found " + budgets.size() + " budgets; expected at most " + MOST
                    + " at a time, name one by its id");
        }
        String first = blankless(target);
        return new BudgetTrial(
                file,
                first == null && acceptable == null
                        ? budgets
                        : budgets.stream()
                                .map(budget -> LimitEdit.apply(budget, first, acceptable))
                                .toList());
    }

    private static @Nullable String blankless(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
