/**
 * Whether each cache and key pattern is worth it.
 */
@NullMarked
package dev.headroom.dashboard.page.caches;

import org.jspecify.annotations.NullMarked;
