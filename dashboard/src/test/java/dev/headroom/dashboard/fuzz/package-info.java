/** Makes hostile variants of sound input, from a seed. Knows formats, nothing of the dashboard. */
@NullMarked
package dev.headroom.dashboard.fuzz;

import org.jspecify.annotations.NullMarked;
