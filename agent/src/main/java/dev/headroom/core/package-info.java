/**
 * The agent behind its own class loader: the wiring, the list of hooks and the one object that advice talks to.
 */
package dev.headroom.core;
