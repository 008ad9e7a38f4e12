package dev.headroom.dashboard.operations;

import org.jspecify.annotations.Nullable;

/**
 * How often and how fast, over a range; written flat into each row's JSON.
 *
 * @param errorBound relative error of the percentiles; null where there are none
 * @param untimed calls within {@code count} that the agent counted while it read no clock: no time is about them
 */
public record Timing(
        long count,
        long errors,
        double ratePerSecond,
        @Nullable Double p50Ms,
        @Nullable Double p95Ms,
        @Nullable Double p99Ms,
        @Nullable Double maxMs,
        @Nullable Double totalMs,
        @Nullable Double errorBound,
        long untimed) {}
