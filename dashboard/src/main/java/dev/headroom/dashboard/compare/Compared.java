package dev.headroom.dashboard.compare;

import dev.headroom.dashboard.store.Value;
import org.jspecify.annotations.Nullable;

/**
 * An operation on both sides.
 *
 * @param id names its row in the list of its kind
 * @param name what people call it
 * @param costPerSecond seconds spent in it in a second of wall time: after, less before
 * @param median in seconds
 * @param p95 in seconds
 * @param errors the share of calls that failed
 * @param statements of a request, on average; null for what is no route, or where nobody counts them
 * @param hitRatio null for what is no cache
 * @param before all durations of the side before; null where there were none
 */
public record Compared(
        Kind kind,
        String id,
        String name,
        Direction direction,
        long callsBefore,
        long callsAfter,
        double rateBefore,
        double rateAfter,
        double costPerSecond,
        Measured median,
        Measured p95,
        Measured errors,
        @Nullable Measured statements,
        @Nullable Measured hitRatio,
        Value.@Nullable Distribution before,
        Value.@Nullable Distribution after) {}
