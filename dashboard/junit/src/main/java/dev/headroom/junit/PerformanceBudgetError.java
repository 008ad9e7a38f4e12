package dev.headroom.junit;

/** A test broke a budget, or did not measure what a budget needs. */
public final class PerformanceBudgetError extends AssertionError {
    private static final long serialVersionUID = 1;

    PerformanceBudgetError(String message) {
        super(message);
    }
}
