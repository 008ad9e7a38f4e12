package dev.headroom.dashboard.plan;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest plan of a statement. Immutable.
 *
 * @param at when it was asked for
 * @param hash of its shape; empty while none could be had
 * @param changedAt when it was first seen to differ from the one before; null while it never did
 * @param problem what the database answered instead; null when there is a plan
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
        @Nullable String problem) {}
