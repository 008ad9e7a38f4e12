package dev.headroom.dashboard.store.local;

/** How far back tiers hold everything. */
interface Reach {
    /** Whether the tier has what happened at {@code timeMillis}: not deleted, not set aside. Thread-safe. */
    boolean reaches(Tier tier, long timeMillis);

    /** Before this time the tier holds nothing; Unix milliseconds. */
    default long oldest(Tier tier) {
        return Long.MIN_VALUE;
    }
}
