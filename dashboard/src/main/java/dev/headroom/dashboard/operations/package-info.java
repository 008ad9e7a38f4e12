/**
 * Routes, queries, caches, pools and calls as rows of a table, computed from the store for pages and API alike.
 */
@NullMarked
package dev.headroom.dashboard.operations;

import org.jspecify.annotations.NullMarked;
