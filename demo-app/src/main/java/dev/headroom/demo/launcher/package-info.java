/**
 * {@code mvn -Pdemo}: real PostgreSQL and Redis, the dashboard, the shop with the agent attached, and its visitors, as
 * processes that end together.
 */
@NullMarked
package dev.headroom.demo.launcher;

import org.jspecify.annotations.NullMarked;
