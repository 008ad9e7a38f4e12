/**
 * What application threads write to: calls in flight, series, striped histograms. No allocation in steady state.
 */
package dev.headroom.core.record;
