/**
 * The one server-sent event stream that every page shares. Nobody depends on it.
 */
@NullMarked
package dev.headroom.dashboard.live;

import org.jspecify.annotations.NullMarked;
