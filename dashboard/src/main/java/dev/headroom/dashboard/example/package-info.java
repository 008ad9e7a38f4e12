/**
 * Examples: single requests and calls that agents kept, with what ran in them.
 */
@NullMarked
package dev.headroom.dashboard.example;

import org.jspecify.annotations.NullMarked;
