/** Measures programs with and without agents in interleaved rounds and prints a table; knows agents only by their jars. */
@NullMarked
package dev.headroom.cost;

import org.jspecify.annotations.NullMarked;
