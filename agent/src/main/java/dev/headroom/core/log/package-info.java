/**
 * The agent's few lines on stderr, rate-limited.
 */
package dev.headroom.core.log;
