package dev.headroom.catalog;

/** Every attribute key that Headroom writes, as in the OpenTelemetry semantic conventions where they have one. */
public enum Attribute {
    HTTP_METHOD("http.request.method", "HTTP method, or _OTHER"),
    HTTP_ROUTE("http.route", "Route template; \"unmatched\" when no framework knew one"),
    HTTP_STATUS(
            "http.response.status_code",
            "Status code; of a served gRPC call the one that google.rpc.Code gives for its own"),
    RPC_STATUS("rpc.response.status_code", "Of a served gRPC call: OK, NOT_FOUND, ...; else absent"),
    URL_SCHEME("url.scheme", "http or https"),
    SERVER_ADDRESS("server.address", "Host called"),
    SERVER_PORT("server.port", "Port called"),
    URL_TEMPLATE("url.template", "Path of the URL as the application wrote it, with its variables: /orders/{id}"),
    ERROR_TYPE("error.type", "Exception class, status code or error prefix; absent on success"),
    DB_SYSTEM("db.system.name", "postgresql, mysql, mariadb, redis, ..."),
    DB_NAMESPACE("db.namespace", "Database"),
    DB_OPERATION("db.operation.name", "First word of the statement, or the Redis command"),
    DB_QUERY("db.query.text", "Statement with every literal replaced by ?"),
    DB_FINGERPRINT("headroom.query.fingerprint", "64-bit shape of the statement, hexadecimal"),
    DB_KEY_PATTERN("headroom.key.pattern", "Redis key with its variable parts replaced, e.g. user:{id}"),
    TRANSACTION_OUTCOME("headroom.transaction.outcome", "commit, rollback, or close: the connection's"),
    REMOTE("headroom.remote", "Whom a transaction waited for: http or redis"),
    POOL_NAME("db.client.connection.pool.name", "Name of the pool"),
    POOL_STATE("db.client.connection.state", "used or idle"),
    CACHE_NAME("cache", "Name of the cache, or where it was built, or Redis key pattern"),
    CACHE_RESULT("result", "hit or miss"),
    CACHE_TTL("headroom.cache.ttl", "set; absent for an entry without a lifetime"),
    MEMORY_TYPE("jvm.memory.type", "heap or non_heap"),
    MEMORY_POOL("jvm.memory.pool.name", "Memory pool"),
    GC_NAME("jvm.gc.name", "Garbage collector"),
    GC_ACTION("jvm.gc.action", "What the collector did"),
    THREAD_DAEMON("jvm.thread.daemon", "true or false"),
    REQUEST_CLASS("headroom.request.class", "What kind of request it was: single-read, list, single-create, ..."),
    REQUEST_PART("headroom.request.part", "What a request's time went on: db, redis, http, pool, or own"),
    RESPONSE_CONTENT(
            "headroom.response.content",
            "text for an answer of words whose client offered an encoding, which could have been compressed; else absent"),
    RESPONSE_ENCODING("headroom.response.encoding", "How such a text went out: identity, gzip, br, ..."),
    RESPONSE_VALIDATOR(
            "headroom.response.validator",
            "none for a 200 to GET with neither ETag nor Last-Modified that may be stored; else absent"),
    REQUEST_CACHE(
            "headroom.request.cache",
            "hit when every cache lookup of the request hit, miss when one missed; else absent"),
    SCOPE("headroom.scope", "Tests only: name of the test method or named block"),
    HOOK("headroom.hook", "Name of a hook"),
    DETAIL_BY(
            "headroom.detail.by",
            "Whose wish: dashboard, governor (the agent's own), or effective, the lower of the two"),
    OPTION("headroom.option", "Name of an ordered number"),
    REASON("reason", "Why"),
    SOURCE(
            "headroom.source",
            "Written by the dashboard: spans, or \"sampled spans\", where a sender sends no metrics of this kind; else absent"),
    OVERFLOW("otel.metric.overflow", "true on the series that takes what the caps keep out");

    private final String key;
    private final String meaning;

    Attribute(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    /** The key on the wire. */
    public String key() {
        return key;
    }

    public String meaning() {
        return meaning;
    }
}
