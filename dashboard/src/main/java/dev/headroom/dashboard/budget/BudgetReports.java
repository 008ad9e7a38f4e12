package dev.headroom.dashboard.budget;

import java.util.List;
import java.util.function.Consumer;

/** The newest verdicts. Thread-safe; never blocks. */
public interface BudgetReports {
    /** The newest report of the service; one of NO DATA when it was never judged. */
    BudgetReport of(String service);

    /** The newest report of every service, sorted by name. */
    List<BudgetReport> all();

    /** Tells the listener after every evaluation, on the evaluator's thread: return at once. */
    void onEvaluated(Consumer<List<BudgetReport>> listener);
}
