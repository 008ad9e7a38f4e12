package dev.headroom.dashboard.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest plan of a statement. Immutable.
 *
 * @param at when it was asked for
 * @param hash of its shape; empty while none could be had
 * @param changedAt when it was first seen to differ from the one before; null while it never did
 * @param problem what the database answered instead; null when there is a plan
 * @param changes the newest, oldest first
 */
public record KeptPlan(
        String service,
        String fingerprint,
        String statement,
        Instant at,
        String hash,
        @Nullable Instant changedAt,
        List<String> lines,
        List<Plan.Scan> scans,
        @Nullable String problem,
        List<Change> changes) {
    private static final int MOST_CHANGES = 20;

    public KeptPlan {
        // Null in what was stored before changes were kept.
        changes = changes == null ? List.of() : List.copyOf(changes);
    }

    /**
     * The plan was another one than at the asking before.
     *
     * @param from hash of the plan before
     */
    public record Change(Instant at, String from, String to) {}

    /** Those of before and this one. */
    static List<Change> with(List<Change> before, Change change) {
        List<Change> all = new ArrayList<>(before);
        all.add(change);
        return all.subList(Math.max(0, all.size() - MOST_CHANGES), all.size());
    }
}
