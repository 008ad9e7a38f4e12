package dev.headroom.dashboard.finding;

/** What is wrong. */
public enum FindingKind {
    N_PLUS_ONE("n-plus-one", "N+1", Basis.EXAMPLES),
    DUPLICATE_QUERY("duplicate-query", "The same query twice", Basis.EXAMPLES),
    UNBATCHED_WRITES("unbatched-writes", "Writes one by one", Basis.EXAMPLES),
    REPEATED_KEY("repeated-key", "The same key read twice", Basis.EXAMPLES),
    UNBOUNDED_READ("unbounded-read", "Read without limit", Basis.SERVICE),
    DEEP_OFFSET("deep-offset", "Pages skipped row by row", Basis.SERVICE),
    WIDE_SELECT("wide-select", "More columns than anybody needs", Basis.SERVICE),
    MISSING_INDEX("missing-index", "Rows found without an index", Basis.SERVICE),
    REMOTE_CALL_IN_TRANSACTION("remote-call-in-transaction", "Remote call in a transaction", Basis.SERVICE),
    IDLE_IN_TRANSACTION("idle-in-transaction", "Idle in a transaction", Basis.SERVICE),
    CONNECTION_PER_REQUEST("connection-per-request", "A connection for each request", Basis.ROUTE),
    POOL_SIZE("pool-size", "Pool of the wrong size", Basis.SERVICE),
    POOL_EXHAUSTION("pool-exhaustion", "Pool ran out", Basis.SERVICE),
    CONNECTION_LEAK("connection-leak", "Connections not given back", Basis.SERVICE),
    MISSING_TTL("missing-ttl", "Entries without a lifetime", Basis.SERVICE),
    TTL_RANGE("ttl-range", "Lifetimes too short or too long", Basis.SERVICE),
    BIG_VALUE("big-value", "Large values", Basis.SERVICE),
    BIG_COLLECTION("big-collection", "Large collections read at once", Basis.SERVICE),
    UNCOMPRESSED_RESPONSE("uncompressed-response", "Texts sent uncompressed", Basis.ROUTE),
    MISSING_VALIDATOR("missing-validator", "Large answers that cannot be validated", Basis.ROUTE),
    EXPENSIVE_COMMAND("expensive-command", "Command over the whole keyspace", Basis.SERVICE);

    /** What must have happened since for its absence to mean that it is gone. */
    enum Basis {
        /** Examples of the route were kept. */
        EXAMPLES,
        /** The route was asked for. */
        ROUTE,
        /** The service worked. */
        SERVICE
    }

    private final String id;
    private final String title;
    private final Basis basis;

    FindingKind(String id, String title, Basis basis) {
        this.id = id;
        this.title = title;
        this.basis = basis;
    }

    /** As the API says it. */
    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    Basis basis() {
        return basis;
    }
}
