/**
 * The language of budgets.yaml: reads a file into records, or says where it is wrong. Knows neither store nor Spring.
 */
@NullMarked
package dev.headroom.dashboard.budget.file;

import org.jspecify.annotations.NullMarked;
