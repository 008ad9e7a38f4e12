/**
 * The page of incidents: what failed, when, for how long, and the numbers of those moments.
 */
@NullMarked
package dev.headroom.dashboard.page.incidents;

import org.jspecify.annotations.NullMarked;
