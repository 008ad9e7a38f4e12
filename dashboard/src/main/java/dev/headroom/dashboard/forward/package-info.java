/** Passes accepted requests on to another OTLP receiver. Knows nothing of what is in them. */
@NullMarked
package dev.headroom.dashboard.forward;

import org.jspecify.annotations.NullMarked;
