/**
 * The dashboard process: start, properties, access.
 */
@NullMarked
package dev.headroom.dashboard;

import org.jspecify.annotations.NullMarked;
