/**
 * What is happening this second.
 */
@NullMarked
package dev.headroom.dashboard.page.live;

import org.jspecify.annotations.NullMarked;
