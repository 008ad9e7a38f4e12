/**
 * An ordinary book shop: one package for each feature, started by {@code DemoApplication}. Knows nothing of Headroom.
 */
@NullMarked
package dev.headroom.demo;

import org.jspecify.annotations.NullMarked;
