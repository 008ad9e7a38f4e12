/**
 * Rotates the recorder into windows, keeps them until they are acknowledged, and sends them as OTLP.
 */
package dev.headroom.core.export;
