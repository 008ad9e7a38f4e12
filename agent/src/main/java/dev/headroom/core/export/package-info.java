/**
 * Delivery: closes a window every few seconds, keeps what was not yet acknowledged, and sends each window exactly as often as it
 * takes. Knows nothing of hooks and weaving; uses plain sockets, so that nothing here is measured or seen by the application.
 */
package dev.headroom.core.export;
