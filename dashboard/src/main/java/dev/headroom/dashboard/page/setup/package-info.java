/**
 * How to attach the agent, and whether everything that should be watched is.
 */
@NullMarked
package dev.headroom.dashboard.page.setup;

import org.jspecify.annotations.NullMarked;
