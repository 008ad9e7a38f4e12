/**
 * Alert rules for Prometheus, printed from the code that names the metrics.
 */
@NullMarked
package dev.headroom.dashboard.alert;

import org.jspecify.annotations.NullMarked;
