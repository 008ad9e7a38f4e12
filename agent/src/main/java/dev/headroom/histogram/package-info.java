/**
 * Base-2 exponential histograms and exact counts at limits. Shared by agent and dashboard; java.base only.
 */
package dev.headroom.histogram;
