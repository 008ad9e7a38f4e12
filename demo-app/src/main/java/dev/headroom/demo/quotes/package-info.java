/**
 * Quotes: prices asked from the supplier over HTTP, failing when the supplier fails.
 */
@NullMarked
package dev.headroom.demo.quotes;

import org.jspecify.annotations.NullMarked;
