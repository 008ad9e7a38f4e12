/**
 * Whether a connection pool is the bottleneck.
 */
@NullMarked
package dev.headroom.dashboard.page.pools;

import org.jspecify.annotations.NullMarked;
