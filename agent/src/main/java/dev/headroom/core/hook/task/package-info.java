/**
 * Tasks that a request hands to other threads.
 */
package dev.headroom.core.hook.task;
