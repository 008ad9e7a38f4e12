/**
 * The language in which a hook says what it weaves, and the advice shapes that hooks share. Knows no library.
 */
package dev.headroom.core.hook;
