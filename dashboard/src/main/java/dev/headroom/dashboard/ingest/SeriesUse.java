package dev.headroom.dashboard.ingest;

import org.jspecify.annotations.Nullable;

/**
 * How many of its series a service uses. Immutable.
 *
 * @param used active within the last hour or two
 * @param limit beyond which new series are added up in their metric's overflow series
 * @param foldedPoints that were, since the dashboard's start
 * @param topAttribute that has the most values, where the series are many or folded; null otherwise
 * @param topValues of it
 */
public record SeriesUse(
        String service,
        int used,
        int limit,
        long foldedPoints,
        @Nullable String topAttribute,
        int topValues) {
    private static final double NEAR = 0.8;

    /** Share of the limit that is used. */
    public double share() {
        return limit == 0 ? 1 : (double) used / limit;
    }

    /** Whether somebody should look before detail is lost. */
    public boolean near() {
        return share() >= NEAR;
    }
}
