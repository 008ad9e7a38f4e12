/**
 * Guide 001, the clinic: narrow selects, field selection, Caffeine in front of Redis, warming, tasks, upload, WebSocket.
 */
@NullMarked
package dev.headroom.demo.clinic;

import org.jspecify.annotations.NullMarked;
