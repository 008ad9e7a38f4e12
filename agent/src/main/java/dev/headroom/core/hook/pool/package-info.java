/**
 * Connection pools: use, wait, timeouts. Must not know weaving or export.
 */
package dev.headroom.core.hook.pool;
