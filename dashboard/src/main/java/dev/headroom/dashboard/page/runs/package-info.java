/**
 * The pages about runs: which there were, and what came of one. Must not know other pages.
 */
@NullMarked
package dev.headroom.dashboard.page.runs;

import org.jspecify.annotations.NullMarked;
