package dev.headroom.dashboard.budget;

import java.time.Instant;
import java.util.List;

/**
 * All budgets of a service as judged at {@code at}.
 *
 * @param overall the worst verdict, NO DATA when nothing was measured
 */
public record BudgetReport(String service, Verdict overall, Instant at, List<BudgetStatus> items) {}
