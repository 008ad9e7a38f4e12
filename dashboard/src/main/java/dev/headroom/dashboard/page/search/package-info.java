/**
 * One search over everything that reports.
 */
@NullMarked
package dev.headroom.dashboard.page.search;

import org.jspecify.annotations.NullMarked;
