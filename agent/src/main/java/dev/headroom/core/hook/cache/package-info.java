/**
 * Caches within the JVM and cache abstractions: lookups by name. Must not know weaving or export.
 */
package dev.headroom.core.hook.cache;
