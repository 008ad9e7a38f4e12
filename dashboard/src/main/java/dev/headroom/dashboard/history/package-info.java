/**
 * What became of budgets over hours and weeks: strips of verdicts, error budgets and burn rates.
 */
@NullMarked
package dev.headroom.dashboard.history;

import org.jspecify.annotations.NullMarked;
