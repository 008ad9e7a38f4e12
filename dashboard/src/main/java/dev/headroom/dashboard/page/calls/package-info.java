/**
 * Which dependency called over HTTP hurts.
 */
@NullMarked
package dev.headroom.dashboard.page.calls;

import org.jspecify.annotations.NullMarked;
