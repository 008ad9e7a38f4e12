package dev.headroom.dashboard.store;

/**
 * What one verdict is about.
 *
 * @param budget its id
 * @param subject empty for the whole service
 */
public record BudgetSubject(String service, String budget, String subject) {}
