/**
 * The routes a service serves.
 */
@NullMarked
package dev.headroom.dashboard.page.routes;

import org.jspecify.annotations.NullMarked;
