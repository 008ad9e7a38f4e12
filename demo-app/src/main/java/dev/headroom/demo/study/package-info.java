/**
 * Guide 004, the study companion: JPA with and without eager loading, cursors, short times to live in Caffeine.
 */
@NullMarked
package dev.headroom.demo.study;

import org.jspecify.annotations.NullMarked;
