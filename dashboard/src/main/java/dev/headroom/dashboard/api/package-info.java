/**
 * The JSON API under /api/v1, /health and the seeds' /metrics.
 */
@NullMarked
package dev.headroom.dashboard.api;

import org.jspecify.annotations.NullMarked;
