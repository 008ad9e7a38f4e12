/**
 * Stretches of time that are judged once: a load run, a test run, the last ten minutes of a build. Knows the budgets and the store's
 * interfaces, nothing of HTTP or pages.
 */
@NullMarked
package dev.headroom.dashboard.run;

import org.jspecify.annotations.NullMarked;
