package dev.headroom.dashboard.budget.file;

/** A budget file that cannot be used; the message says where, what was found, and what was expected. */
public final class BudgetFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BudgetFileException(String message) {
        super(message);
    }
}
