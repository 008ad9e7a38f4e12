/**
 * Finds the classes that hooks name, checks their members and inlines the advice. Byte Buddy is loaded here, late.
 */
package dev.headroom.core.weave;
