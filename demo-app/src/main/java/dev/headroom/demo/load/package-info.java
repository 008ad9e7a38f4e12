/**
 * The demo's visitors: a seeded mix of requests with think times, and exact counts of what was asked and answered.
 * Knows the shop's addresses, not its classes.
 */
@NullMarked
package dev.headroom.demo.load;

import org.jspecify.annotations.NullMarked;
