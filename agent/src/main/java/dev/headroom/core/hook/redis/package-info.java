/**
 * Redis clients, timed to the reply. Must not know weaving or export.
 */
package dev.headroom.core.hook.redis;
