/**
 * The page of advice: what to repair first, and what it saves.
 */
@NullMarked
package dev.headroom.dashboard.page.advice;

import org.jspecify.annotations.NullMarked;
