/**
 * The switch between the naive and the optimised way, which a running service takes from one request to the next.
 */
@NullMarked
package dev.headroom.demo.mode;

import org.jspecify.annotations.NullMarked;
