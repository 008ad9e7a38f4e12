/**
 * Which statement costs most, and how often it runs.
 */
@NullMarked
package dev.headroom.dashboard.page.queries;

import org.jspecify.annotations.NullMarked;
