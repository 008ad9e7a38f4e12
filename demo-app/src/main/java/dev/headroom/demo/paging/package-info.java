/**
 * Pages of long lists: total, has_more and next_cursor. Knows no table.
 */
@NullMarked
package dev.headroom.demo.paging;

import org.jspecify.annotations.NullMarked;
