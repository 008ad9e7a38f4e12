/**
 * Whether one service is healthy and what changed.
 */
@NullMarked
package dev.headroom.dashboard.page.service;

import org.jspecify.annotations.NullMarked;
