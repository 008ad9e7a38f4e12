/**
 * What the running agent may be told: hooks on and off, how much detail, named options. Depends on nothing, so every part may ask.
 */
package dev.headroom.core.control;
