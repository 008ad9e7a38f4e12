/**
 * Redis servers that somebody named, asked themselves: INFO and PING, nothing else. What they say is stored as a service of its own, so
 * that budgets of signal redis judge it. Nothing is asked while no server is named.
 */
@NullMarked
package dev.headroom.dashboard.redis;

import org.jspecify.annotations.NullMarked;
