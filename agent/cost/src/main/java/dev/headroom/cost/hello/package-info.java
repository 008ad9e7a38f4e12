/** The smallest program, whose start-up is all an agent's. */
@NullMarked
package dev.headroom.cost.hello;

import org.jspecify.annotations.NullMarked;
