/**
 * Whether a change helped: two stretches of time, or two versions, side by side.
 */
@NullMarked
package dev.headroom.dashboard.page.compare;

import org.jspecify.annotations.NullMarked;
