/**
 * What the rest of the dashboard may know of storage: batches in, totals out. Plain Java: no Spring, no SQL, no Jedis.
 */
@NullMarked
package dev.headroom.dashboard.store;

import org.jspecify.annotations.NullMarked;
