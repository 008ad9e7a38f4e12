/**
 * What caches and statements mean for the requests that use them: what a miss costs, what hits would save, and which statements make up
 * a route's time. Must not know pages or the API.
 */
@NullMarked
package dev.headroom.dashboard.economics;

import org.jspecify.annotations.NullMarked;
