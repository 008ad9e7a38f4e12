/**
 * The page that says what the store holds and what it lost.
 */
@NullMarked
package dev.headroom.dashboard.page.store;

import org.jspecify.annotations.NullMarked;
