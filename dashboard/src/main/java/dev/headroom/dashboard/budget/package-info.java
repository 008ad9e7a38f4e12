/**
 * budgets.yaml, its evaluation and its verdicts. Knows the store's interfaces only.
 */
@NullMarked
package dev.headroom.dashboard.budget;

import org.jspecify.annotations.NullMarked;
