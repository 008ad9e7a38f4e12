/**
 * Shopping baskets, which live in Redis only: written in a MULTI, read through a pipeline.
 */
@NullMarked
package dev.headroom.demo.baskets;

import org.jspecify.annotations.NullMarked;
