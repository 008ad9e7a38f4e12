package dev.headroom.dashboard.operations;

import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How often and how fast, over a range; written flat into each row's JSON.
 *
 * @param errorBound relative error of the percentiles; null where there are none
 * @param p50Between what is known of the median where the sender's own buckets are all there is; null where {@code errorBound}
 *     says it
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
        @Nullable Between p50Between,
        @Nullable Between p95Between,
        @Nullable Between p99Between,
        long untimed) {
    /**
     * Two bounds; the truth lies between them, the higher included.
     *
     * @param highMs null where the sender's buckets have no upper bound
     */
    public record Between(double lowMs, @Nullable Double highMs) {
        /** "100–250" or "> 10000". */
        public String text(DoubleFunction<String> figure) {
            return highMs == null ? "> " + figure.apply(lowMs) : figure.apply(lowMs) + "–" + figure.apply(highMs);
        }
    }
}
