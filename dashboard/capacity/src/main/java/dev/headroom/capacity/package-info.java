/** A fleet of simulated JVMs against one dashboard: how much it carries, and what gives way first. */
@NullMarked
package dev.headroom.capacity;

import org.jspecify.annotations.NullMarked;
