package dev.headroom.dashboard.store;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps incidents across restarts, the newest {@link #MOST} of them. Thread-safe; every method may block on disk. */
public interface IncidentStore {
    /** Closed ones beyond this many leave, the oldest first; open ones stay. */
    int MOST = 10_000;

    /**
     * Keeps each in place of an earlier state of the same id, all in one transaction; durable on return.
     *
     * @throws StoreUnusableException when the disk refuses; nothing was stored
     */
    void put(Collection<Incident> incidents);

    /**
     * Incidents that were open at some time within the range, newest first.
     *
     * @param service null for all
     * @param budget null for all
     * @param range null for all times
     * @param open null for both, or whether they are open now
     * @param most at most so many
     */
    List<Incident> incidents(
            @Nullable String service,
            @Nullable String budget,
            @Nullable TimeRange range,
            @Nullable Boolean open,
            int most);

    /** The incident of that id, or null. */
    @Nullable
    Incident incident(String id);
}
