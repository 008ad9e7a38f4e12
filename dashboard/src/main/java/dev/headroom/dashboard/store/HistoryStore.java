package dev.headroom.dashboard.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Keeps what became of budgets over weeks: strips of verdicts, and events counted by the hour. Both are made of what is stored or
 * judged elsewhere and replace what was there before, so that writing one twice changes nothing. Thread-safe; every method may block
 * on disk.
 */
public interface HistoryStore {
    /**
     * Events of one subject of one budget.
     *
     * @param definition tells what is counted from what was before the budget was edited
     */
    record Counted(String budget, String subject, long definition) {}

    /**
     * What was counted of an hour.
     *
     * @param from where the stored windows that were counted begin
     * @param to where they end: the next hour begins there
     * @param revision of all budgets that were counted
     * @param counts all, over target, over acceptable
     */
    record Hour(Instant begin, Instant from, Instant to, long revision, Map<Counted, long[]> counts) {}

    /** The strips as they were written. */
    Map<BudgetSubject, byte[]> strips();

    /**
     * Replaces these and removes those, in one transaction.
     *
     * @throws StoreUnusableException when the disk refuses; nothing was stored
     */
    void putStrips(Map<BudgetSubject, byte[]> strips, Collection<BudgetSubject> gone);

    /** The service's hours that begin at {@code from} or later, and before {@code to}; oldest first. */
    List<Hour> hours(String service, Instant from, Instant to);

    /**
     * Replaces these hours of the service, and removes those that begin before {@code keepFrom}.
     *
     * @throws StoreUnusableException when the disk refuses; nothing was stored
     */
    void putHours(String service, Collection<Hour> hours, Instant keepFrom);
}
