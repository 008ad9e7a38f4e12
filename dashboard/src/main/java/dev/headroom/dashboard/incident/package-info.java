/**
 * What verdicts come to over time: alerts that wait for {@code for} and {@code keep}, and incidents that survive a restart.
 */
@NullMarked
package dev.headroom.dashboard.incident;

import org.jspecify.annotations.NullMarked;
