package dev.headroom.dashboard.budget;

/**
 * Events, or ten-second readings, of one subject of one budget.
 *
 * @param all those whose value is known
 * @param overTarget those that surely did not meet the target
 * @param overAcceptable those that surely did not meet acceptable
 */
public record EventCounts(long all, long overTarget, long overAcceptable) {
    public static final EventCounts NONE = new EventCounts(0, 0, 0);

    public EventCounts plus(EventCounts other) {
        return new EventCounts(all + other.all, overTarget + other.overTarget, overAcceptable + other.overAcceptable);
    }

    /** How many times faster than allowed errors come; NaN without events. */
    public double burnRate(double allowance) {
        return all == 0 ? Double.NaN : (double) overAcceptable / all / allowance;
    }
}
