package dev.headroom.demo.load;

/**
 * How hard to press.
 *
 * @param visitors threads that ask, one request at a time each
 * @param seed start of every visitor's random numbers
 * @param thinkFactor multiplies all think times; 0 means none
 * @param requestsPerVisitor each visitor stops by itself after so many
 */
public record LoadPlan(int visitors, long seed, double thinkFactor, long requestsPerVisitor) {
    /** Rejects what cannot be meant. */
    public LoadPlan {
        if (visitors < 1 || thinkFactor < 0 || requestsPerVisitor < 1) {
            throw new IllegalArgumentException(
                    "A load plan needs at least 1 visitor, at least 1 request for each and a think factor of 0 or more, found "
                            + visitors + " visitors, " + requestsPerVisitor + " requests, factor " + thinkFactor);
        }
    }

    /** Visitors that go on until they are stopped. */
    public static LoadPlan endless(int visitors, long seed) {
        return new LoadPlan(visitors, seed, 1, Long.MAX_VALUE);
    }
}
