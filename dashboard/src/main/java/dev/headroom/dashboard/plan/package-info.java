/**
 * Plans of slow statements, asked of the databases that somebody named: EXPLAIN, never ANALYZE, on a connection of its own that may only
 * read, with a timeout, once an hour for each statement. Nothing is asked while no database is named.
 */
@NullMarked
package dev.headroom.dashboard.plan;

import org.jspecify.annotations.NullMarked;
