/**
 * Products: the same book read through Redis and past it, and the paged list.
 */
@NullMarked
package dev.headroom.demo.catalog;

import org.jspecify.annotations.NullMarked;
