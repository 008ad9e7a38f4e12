/** Moments with a name in a service's life, told from outside or seen in what its JVMs say of themselves. */
@NullMarked
package dev.headroom.dashboard.epoch;

import org.jspecify.annotations.NullMarked;
