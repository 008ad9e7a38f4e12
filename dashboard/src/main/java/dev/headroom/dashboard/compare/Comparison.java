package dev.headroom.dashboard.compare;

import java.util.List;

/**
 * What a service did on two sides, what changed most first.
 *
 * @param slicesBefore slices of time with reports on the side before
 */
public record Comparison(
        String service, Side before, Side after, int slicesBefore, int slicesAfter, List<Compared> rows) {
    /** Operations that went this way. */
    public long count(Direction direction) {
        return rows.stream().filter(row -> row.direction() == direction).count();
    }

    /** Whether both sides are long enough for any evidence at all. */
    public boolean enough() {
        return slicesBefore >= Measured.FEWEST_SLICES && slicesAfter >= Measured.FEWEST_SLICES;
    }
}
