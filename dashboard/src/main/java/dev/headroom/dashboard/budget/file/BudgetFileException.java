package dev.headroom.dashboard.budget.file;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A budget file that cannot be used; the message says where, what was found, and what was expected, a line for each mistake. */
public final class BudgetFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /**
     * One mistake.
     *
     * @param line from 1; 0 where it has no place
     * @param column from 1; 0 where it has no place
     * @param found as written; null where nothing was read
     */
    public record Problem(
            String message,
            int line,
            int column,
            @Nullable String found,
            @Nullable String expected) {}

    public BudgetFileException(String message) {
        this(List.of(new Problem(message, 0, 0, null, null)));
    }

    /** @param problems at least one */
    BudgetFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every mistake, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
