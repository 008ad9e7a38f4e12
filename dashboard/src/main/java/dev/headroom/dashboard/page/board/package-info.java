/**
 * The verdicts: what fails, how much headroom is left.
 */
@NullMarked
package dev.headroom.dashboard.page.board;

import org.jspecify.annotations.NullMarked;
