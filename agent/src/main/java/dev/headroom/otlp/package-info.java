/**
 * OTLP metrics, encoded and decoded by hand. Shared by agent and dashboard; java.base only.
 */
package dev.headroom.otlp;
