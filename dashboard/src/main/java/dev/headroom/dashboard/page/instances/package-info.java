/**
 * Whether all agents are there.
 */
@NullMarked
package dev.headroom.dashboard.page.instances;

import org.jspecify.annotations.NullMarked;
