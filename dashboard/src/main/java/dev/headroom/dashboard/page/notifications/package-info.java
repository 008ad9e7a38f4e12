/**
 * The page that says who is told of failing budgets, and what waits.
 */
@NullMarked
package dev.headroom.dashboard.page.notifications;

import org.jspecify.annotations.NullMarked;
