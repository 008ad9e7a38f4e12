/**
 * Findings: what costs time for a known reason, with the place in the application, the time that a repair would save and the repair.
 * They are computed from exact counts, confirmed and located by examples, and checked again for as long as they are kept.
 */
@NullMarked
package dev.headroom.dashboard.finding;

import org.jspecify.annotations.NullMarked;
