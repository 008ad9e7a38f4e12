/**
 * The default store: SQLite, data and cursor in one transaction. The only place that knows SQL.
 */
@NullMarked
package dev.headroom.dashboard.store.local;

import org.jspecify.annotations.NullMarked;
