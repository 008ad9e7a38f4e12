/**
 * Verdicts, received series and the dashboard's own figures for Prometheus.
 */
@NullMarked
package dev.headroom.dashboard.metrics;

import org.jspecify.annotations.NullMarked;
