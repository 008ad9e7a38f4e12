/**
 * The pages of examples: which requests and calls were kept, and what happened in one of them.
 */
@NullMarked
package dev.headroom.dashboard.page.examples;

import org.jspecify.annotations.NullMarked;
