package dev.headroom.dashboard.budget;

import java.util.Locale;

/** Why a verdict is not simply PASS or FAIL. */
enum Reason {
    /** The selector matched nothing since the start. */
    NEVER_SEEN,
    /** The agent reports, but there was no such traffic. */
    IDLE,
    /** The agent is silent. */
    STALE,
    /** Fewer events than a PASS needs. */
    TOO_FEW,
    /** Too many slices of the window are missing. */
    PARTIAL,
    /** Only calls of a JVM that has just started. */
    WARMING_UP,
    /** The evaluation itself failed. */
    ERROR,
    /** Buckets are coarser than the limit, and the truth may lie on either side. */
    COARSE_BUCKETS,
    /** The agent had switched timings off for some of the events, and they could decide. */
    UNTIMED,
    /** A budget that names the route is judged instead. */
    SUPERSEDED,
    /** A FAIL that somebody has waived. */
    WAIVED;

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
