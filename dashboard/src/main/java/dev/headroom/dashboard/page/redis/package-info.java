/**
 * What the Redis servers that somebody named say of themselves.
 */
@NullMarked
package dev.headroom.dashboard.page.redis;

import org.jspecify.annotations.NullMarked;
