package dev.headroom.dashboard.economics;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a cache, or the keys of a pattern, are worth it. Times are milliseconds. Immutable.
 *
 * @param lookups null where nobody counts them
 * @param miss what a request does after it missed; null where no example shows a miss
 * @param routes those of which an example looked it up
 * @param lifetimes null where none was given or seen
 * @param values null where no size was seen
 * @param assumptions what the figures take for granted, a sentence each
 */
public record Economics(
        String service,
        String cache,
        Instant from,
        Instant to,
        @Nullable Lookups lookups,
        @Nullable Miss miss,
        List<Route> routes,
        @Nullable Lifetimes lifetimes,
        @Nullable Values values,
        List<String> assumptions) {
    public record Lookups(long hits, long misses, double hitRatio) {}

    /**
     * Work between a miss and the write of a key of the same pattern, or the request's end, on average.
     *
     * @param examples in which a lookup missed
     */
    public record Miss(int examples, double sqlCalls, double sqlMs, double httpCalls, double httpMs) {}

    /**
     * A route whose requests look it up.
     *
     * @param cached requests of which every lookup hit
     * @param uncached requests of which one missed
     * @param speedUp median of uncached ÷ median of cached requests
     * @param p95AtEightyPercent what the route's p95 would be about, if 80 % of its requests were cached
     */
    public record Route(
            String route,
            @Nullable Times cached,
            @Nullable Times uncached,
            @Nullable Double speedUp,
            @Nullable Double p95AtEightyPercent) {}

    public record Times(long requests, double p50Ms, double p95Ms) {}

    /** @param endless entries that were written without a lifetime */
    public record Lifetimes(
            long given,
            long endless,
            @Nullable Double p5Seconds,
            @Nullable Double p50Seconds,
            @Nullable Double p95Seconds) {}

    public record Values(long count, double p50Bytes, double p99Bytes, double maxBytes) {}
}
