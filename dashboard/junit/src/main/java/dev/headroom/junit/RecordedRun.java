package dev.headroom.junit;

import dev.headroom.dashboard.budget.ScopeRun;
import java.util.Map;

/**
 * One run of a scope.
 *
 * @param callers places in the application with their number of runs, by the statement's fingerprint
 */
record RecordedRun(ScopeRun run, Map<String, Map<String, Long>> callers) {}
