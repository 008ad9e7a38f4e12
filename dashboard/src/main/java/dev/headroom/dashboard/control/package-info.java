/**
 * What agents are told to do while they run, and what they say they do. Knows the store; not how orders are given or shown.
 */
@NullMarked
package dev.headroom.dashboard.control;

import org.jspecify.annotations.NullMarked;
