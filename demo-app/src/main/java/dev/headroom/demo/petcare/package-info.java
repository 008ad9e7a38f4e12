/**
 * Guide 000, voice pet care: eager loading, bulk writes, a Jedis cache with a fallback in memory, cached answers of a directory.
 */
@NullMarked
package dev.headroom.demo.petcare;

import org.jspecify.annotations.NullMarked;
