package dev.headroom.catalog;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every metric that Headroom sends or judges: name and unit as in the OpenTelemetry semantic conventions, where they have one;
 * caches follow Micrometer's {@code cache.gets}.
 */
public enum Metric {
    HTTP_SERVER_DURATION(
            "http.server.request.duration", "s", Kind.DURATION, "Requests served, timed to the response's end"),
    HTTP_SERVER_RESPONSE_SIZE(
            "http.server.response.body.size", "By", Kind.AMOUNT, "Bodies of answers, as sent over the wire"),
    REQUEST_DB_CALLS(
            "headroom.request.db.calls", "{statement}", Kind.AMOUNT, "SQL statements run by one served request"),
    REQUEST_DB_REPEATED(
            "headroom.request.db.repeated",
            "{statement}",
            Kind.AMOUNT,
            "Most runs of one SELECT shape within one served request: 1 when none repeats, 0 without any"),
    REQUEST_DB_REPEATED_WRITES(
            "headroom.request.db.repeated_writes",
            "{statement}",
            Kind.AMOUNT,
            "Most runs of one changing shape within one served request; a batch is one run"),
    REQUEST_DB_OPENED(
            "headroom.request.db.connections.opened",
            "{connection}",
            Kind.AMOUNT,
            "Connections to databases opened by one served request on its own thread"),
    REQUEST_DB_SHAPES(
            "headroom.request.db.shapes",
            "{shape}",
            Kind.AMOUNT,
            "Different shapes of SQL statements within one served request; at most 64 are told apart"),
    REQUEST_DB_ROWS("headroom.request.db.rows", "{row}", Kind.AMOUNT, "Rows read or changed by one served request"),
    REQUEST_DB_WRITES(
            "headroom.request.db.writes",
            "{statement}",
            Kind.AMOUNT,
            "Statements, or batches of them, by which one served request changed data"),
    REQUEST_DB_HELD(
            "headroom.request.db.connections.held",
            "s",
            Kind.DURATION,
            "How long one served request had connections of pools, all of them together"),
    REQUEST_REDIS_COMMANDS(
            "headroom.request.redis.commands",
            "{command}",
            Kind.AMOUNT,
            "Redis commands answered to one served request; those of a pipeline one by one"),
    REQUEST_REDIS_ROUND_TRIPS(
            "headroom.request.redis.round_trips",
            "{round_trip}",
            Kind.AMOUNT,
            "How often one served request waited for Redis: a pipeline is one"),
    REQUEST_CACHE_HITS(
            "headroom.request.cache.hits", "{lookup}", Kind.AMOUNT, "Cache lookups of one served request that hit"),
    REQUEST_CACHE_MISSES(
            "headroom.request.cache.misses",
            "{lookup}",
            Kind.AMOUNT,
            "Cache lookups of one served request that missed"),
    REQUEST_HTTP_CALLS(
            "headroom.request.http.calls", "{request}", Kind.AMOUNT, "HTTP requests made by one served request"),
    REQUEST_TIME(
            "headroom.request.time", "s", Kind.DURATION, "Parts of served requests' durations, which add up to them"),
    REQUEST_STATEMENT_RUNS(
            "headroom.request.statement.runs",
            "{statement}",
            Kind.AMOUNT,
            "Runs of one statement within one served request, of requests that ran it"),
    REQUEST_STATEMENT_TIME(
            "headroom.request.statement.time",
            "s",
            Kind.DURATION,
            "Time of all runs of one statement within one served request, of requests that ran it"),
    WEBSOCKET_MESSAGE(
            "headroom.websocket.message.duration",
            "s",
            Kind.DURATION,
            "Messages received on WebSockets, timed until the endpoint has handled them"),
    WEBSOCKET_CONNECTIONS(
            "headroom.websocket.connections", "{connection}", Kind.GAUGE, "WebSockets open on the server"),
    WEBSOCKET_USER(
            "headroom.websocket.user.connections",
            "{connection}",
            Kind.AMOUNT,
            "WebSockets that one user has open, told when the user opens one; only where the server knows the user"),
    HTTP_CLIENT_DURATION(
            "http.client.request.duration", "s", Kind.DURATION, "Outgoing HTTP calls, timed to the response"),
    DB_DURATION(
            "db.client.operation.duration",
            "s",
            Kind.DURATION,
            "SQL statements and Redis commands, timed to the reply"),
    DB_ROWS("db.client.response.returned_rows", "{row}", Kind.COUNTER, "Rows read from result sets or changed"),
    QUERY_ROWS("headroom.query.rows", "{row}", Kind.AMOUNT, "Rows read of one query's result"),
    QUERY_COLUMNS("headroom.query.columns", "{column}", Kind.AMOUNT, "Columns of one query's result"),
    QUERY_OFFSET(
            "headroom.query.offset",
            "{row}",
            Kind.AMOUNT,
            "Rows that one run of a query was told to skip, by its text or by an int or long parameter"),
    QUERY_FETCH(
            "headroom.query.fetch.duration",
            "s",
            Kind.DURATION,
            "Round trips for rows of a query's result after the one that ran the statement"),
    TRANSACTION_DURATION(
            "headroom.transaction.duration",
            "s",
            Kind.DURATION,
            "Transactions, from the first statement to the end of commit or rollback"),
    TRANSACTION_IDLE(
            "headroom.transaction.idle_time",
            "s",
            Kind.DURATION,
            "Time within one transaction in which its database had nothing to do"),
    TRANSACTION_STATEMENTS(
            "headroom.transaction.statements",
            "{statement}",
            Kind.AMOUNT,
            "Statements of one transaction; a batch is one"),
    TRANSACTION_REMOTE_TIME(
            "headroom.transaction.remote_time",
            "s",
            Kind.DURATION,
            "Time within one transaction in which its thread waited for HTTP or Redis; only of transactions with such calls"),
    TRANSACTION_REMOTE_CALLS(
            "headroom.transaction.remote_calls",
            "{call}",
            Kind.AMOUNT,
            "HTTP calls or Redis round trips within one transaction; only of transactions with such calls"),
    POOL_COUNT("db.client.connection.count", "{connection}", Kind.GAUGE, "Connections of a pool, by state"),
    POOL_MAX("db.client.connection.max", "{connection}", Kind.GAUGE, "Largest size of the pool"),
    POOL_PENDING("db.client.connection.pending_requests", "{request}", Kind.GAUGE, "Threads waiting for a connection"),
    POOL_TIMEOUTS("db.client.connection.timeouts", "{timeout}", Kind.COUNTER, "Waits for a connection that gave up"),
    POOL_LEAKED(
            "headroom.pool.leaked",
            "{connection}",
            Kind.GAUGE,
            "Connections not given back 30 s and more after they were borrowed, though the request that did has ended"),
    POOL_EXHAUSTED_HELD(
            "headroom.pool.exhausted.held",
            "s",
            Kind.DURATION,
            "When a wait for a connection gave up: how long each connection in use had been held by then"),
    POOL_WAIT("db.client.connection.wait_time", "s", Kind.DURATION, "Wait for a connection"),
    POOL_USE(
            "db.client.connection.use_time",
            "s",
            Kind.DURATION,
            "Time between borrowing a connection and giving it back"),
    POOL_CREATE("db.client.connection.create_time", "s", Kind.DURATION, "Opening a connection to the database"),
    CACHE_GETS("cache.gets", "{get}", Kind.COUNTER, "Lookups in a cache, by result hit or miss"),
    CACHE_EVICTIONS("cache.evictions", "{eviction}", Kind.COUNTER, "Entries that a cache within the JVM gave up"),
    CACHE_LOADS("cache.loads", "{load}", Kind.COUNTER, "Values that a cache within the JVM had computed, or tried to"),
    CACHE_LOAD_TIME("cache.load.time", "s", Kind.COUNTER, "Time spent in these computations"),
    CACHE_SIZE("cache.size", "{entry}", Kind.GAUGE, "Entries of a cache within the JVM, about"),
    CACHE_VALUE_SIZE(
            "cache.value.size", "By", Kind.AMOUNT, "Values of Redis written with SET and the like, or read one by one"),
    CACHE_COLLECTION_SIZE(
            "cache.collection.size",
            "{element}",
            Kind.AMOUNT,
            "Elements of a Redis collection that one command read: HGETALL, SMEMBERS, LRANGE, ZRANGE"),
    CACHE_TTL(
            "cache.ttl",
            "s",
            Kind.DURATION,
            "Lifetimes that entries of Redis were given; 0, without headroom.cache.ttl, for each that was given none"),
    REDIS_UNTIMED(
            "headroom.redis.untimed",
            "{command}",
            Kind.COUNTER,
            "Redis commands without a duration of their own: those of a pipeline or transaction, blocking ones, subscriptions"),
    REDIS_BLOCKING_WAIT(
            "headroom.redis.blocking.wait",
            "s",
            Kind.DURATION,
            "Wait of blocking Redis commands such as BLPOP: wanted, never slow"),
    REDIS_MEMORY_USED("redis.memory.used", "By", Kind.GAUGE, "Asked by the dashboard: memory that a Redis server uses"),
    REDIS_MEMORY_MAX("redis.maxmemory", "By", Kind.GAUGE, "Asked by the dashboard: its limit; 0 without one"),
    REDIS_EVICTED(
            "redis.keys.evicted", "{key}", Kind.COUNTER, "Asked by the dashboard: keys given up for want of memory"),
    REDIS_EXPIRED("redis.keys.expired", "{key}", Kind.COUNTER, "Asked by the dashboard: keys whose lifetime ended"),
    REDIS_HITS("redis.keyspace.hits", "{get}", Kind.COUNTER, "Asked by the dashboard: lookups of all clients that hit"),
    REDIS_MISSES(
            "redis.keyspace.misses",
            "{get}",
            Kind.COUNTER,
            "Asked by the dashboard: lookups of all clients that missed"),
    REDIS_KEYS("redis.db.keys", "{key}", Kind.GAUGE, "Asked by the dashboard: keys of all databases"),
    REDIS_KEYS_ENDLESS(
            "headroom.redis.keys.endless", "{key}", Kind.GAUGE, "Asked by the dashboard: of these without a lifetime"),
    REDIS_CLIENTS("redis.clients.connected", "{client}", Kind.GAUGE, "Asked by the dashboard: connections of clients"),
    REDIS_PING("headroom.redis.ping", "s", Kind.DURATION, "Asked by the dashboard: a PING, timed to its reply"),
    REDIS_PERSISTENCE_FAILED(
            "headroom.redis.persistence.failed",
            "1",
            Kind.GAUGE,
            "Asked by the dashboard: 1 when its last snapshot or log could not be written"),
    JVM_MEMORY_USED("jvm.memory.used", "By", Kind.GAUGE, "Memory in use"),
    JVM_MEMORY_COMMITTED("jvm.memory.committed", "By", Kind.GAUGE, "Memory the JVM has from the system"),
    JVM_MEMORY_LIMIT("jvm.memory.limit", "By", Kind.GAUGE, "Most memory obtainable"),
    JVM_MEMORY_AFTER_GC("jvm.memory.used_after_last_gc", "By", Kind.GAUGE, "Memory in use after the last collection"),
    JVM_GC_DURATION("jvm.gc.duration", "s", Kind.DURATION, "Garbage collections"),
    JVM_THREADS("jvm.thread.count", "{thread}", Kind.GAUGE, "Live threads"),
    JVM_CLASSES("jvm.class.count", "{class}", Kind.GAUGE, "Classes loaded"),
    JVM_CPU_TIME("jvm.cpu.time", "s", Kind.COUNTER, "CPU time of the process"),
    JVM_CPU_COUNT("jvm.cpu.count", "{cpu}", Kind.GAUGE, "Processors available to the JVM"),
    JVM_CPU_UTILIZATION("jvm.cpu.recent_utilization", "1", Kind.GAUGE, "CPU time over elapsed time and processors"),
    PROCESS_MEMORY("process.memory.usage", "By", Kind.GAUGE, "Resident set size of the process"),
    AGENT_FAILURES("headroom.agent.hook.failures", "{failure}", Kind.COUNTER, "Failures inside a hook, swallowed"),
    AGENT_HOOK_OFF(
            "headroom.agent.hook.off", "{hook}", Kind.GAUGE, "1 for a hook that failed too often and was switched off"),
    AGENT_HOOK("headroom.agent.hook", "1", Kind.GAUGE, "1 for a hook that is on, 0 for one that was ordered off"),
    AGENT_DETAIL(
            "headroom.agent.detail",
            "1",
            Kind.GAUGE,
            "Detail: 4 everything, 3 no examples, 2 no patterns, 1 counts only, 0 off"),
    AGENT_OPTION("headroom.agent.option", "1", Kind.GAUGE, "Numbers ordered by the dashboard"),
    AGENT_EXAMPLES("headroom.agent.examples", "{example}", Kind.COUNTER, "Examples kept to be sent, by reason"),
    AGENT_EXAMPLES_DROPPED(
            "headroom.agent.examples.dropped",
            "{example}",
            Kind.COUNTER,
            "Remarkable requests and calls not kept (rate: others were slower, or too many), or not taken by the dashboard, by reason"),
    AGENT_DROPPED("headroom.agent.dropped", "{window}", Kind.COUNTER, "Windows given up, by reason"),
    AGENT_MERGED("headroom.agent.merged", "{window}", Kind.COUNTER, "Windows merged because the queue was full"),
    AGENT_QUEUE("headroom.agent.queue", "{window}", Kind.GAUGE, "Windows waiting to be acknowledged"),
    AGENT_SERIES("headroom.agent.series", "{series}", Kind.GAUGE, "Series held"),
    AGENT_CPU("headroom.agent.cpu.time", "s", Kind.COUNTER, "CPU time of the agent's own thread"),
    AGENT_ALLOCATED("headroom.agent.allocated", "By", Kind.COUNTER, "Memory allocated by the agent's own thread"),
    AGENT_HOOK_CALLS("headroom.agent.hook.calls", "{call}", Kind.COUNTER, "Calls of woven code into a hook"),
    AGENT_HOOK_TIME(
            "headroom.agent.hook.time",
            "s",
            Kind.COUNTER,
            "Time inside a hook on the application's threads, estimated from a sample of its calls"),
    AGENT_COST(
            "headroom.agent.cost",
            "1",
            Kind.GAUGE,
            "Time inside hooks and CPU time of the agent's thread, over elapsed time and processors"),
    AGENT_COST_BUDGET("headroom.agent.cost.budget", "1", Kind.GAUGE, "Largest cost before the agent leaves out detail"),
    AGENT_SENT("headroom.agent.sent", "By", Kind.COUNTER, "Measurements sent, as compressed, repeats included"),
    AGENT_ENCODED("headroom.agent.encoded", "By", Kind.COUNTER, "Measurements sent, before compression"),
    AGENT_HEAP("headroom.agent.heap", "By", Kind.GAUGE, "Heap held by series and queue, estimated"),
    AGENT_METASPACE("headroom.agent.metaspace", "By", Kind.GAUGE, "Metaspace of the agent's classes, estimated"),
    AGENT_START_TIME(
            "headroom.agent.start.time",
            "s",
            Kind.GAUGE,
            "From the begin of the agent's start to its end, once per JVM"),
    AGENT_HOOK_WEAVE_TIME(
            "headroom.agent.hook.weave.time",
            "s",
            Kind.GAUGE,
            "Time spent since the start on the classes that were woven for a hook"),
    AGENT_WOVEN("headroom.agent.woven", "{class}", Kind.GAUGE, "Classes woven"),
    AGENT_WEAVE_TIME("headroom.agent.weave.time", "s", Kind.COUNTER, "Time spent looking at and weaving classes"),
    SCOPE_DURATION(
            "headroom.scope.duration", "s", Kind.DURATION, "Tests only: a test method or named block, begin to end"),
    SCOPE_DB_CALLS(
            "headroom.scope.db.calls", "{statement}", Kind.AMOUNT, "Tests only: SQL statements run within one scope"),
    SCOPE_DB_REPEATED(
            "headroom.scope.db.repeated",
            "{statement}",
            Kind.AMOUNT,
            "Tests only: most runs of one SELECT shape within one scope: 1 when none repeats, 0 without any"),
    SCOPE_DB_REPEATED_WRITES(
            "headroom.scope.db.repeated_writes",
            "{statement}",
            Kind.AMOUNT,
            "Tests only: most runs of one changing shape within one scope; a batch is one run"),
    SCOPE_DB_ROWS("headroom.scope.db.rows", "{row}", Kind.AMOUNT, "Tests only: rows read or changed within one scope"),
    SCOPE_REDIS_CALLS(
            "headroom.scope.redis.calls", "{command}", Kind.AMOUNT, "Tests only: Redis commands within one scope");

    /** What a point of the metric is, and how points combine. */
    public enum Kind {
        /** Exponential histogram of seconds, recorded in nanoseconds; beside it exact counts at the budgets' limits. */
        DURATION,
        /**
         * Exponential histogram of whole amounts in the metric's unit, one for each event; beside it exact counts at the budgets'
         * limits. Recorded, and limited, in billionths of the unit, as durations are in nanoseconds.
         */
        AMOUNT,
        /** Events or amounts since the last window; adds. */
        COUNTER,
        /** A reading at the window's end; the latest wins within one JVM. */
        GAUGE;

        /** Whether a point is a histogram, with counts at limits beside it. */
        public boolean distribution() {
            return this == DURATION || this == AMOUNT;
        }
    }

    /** A metric of durations or amounts is accompanied by an explicit-bucket histogram of this name, whose bounds are budget limits. */
    public static final String LIMITS_SUFFIX = ".limits";

    /** And, while timings are off, by a counter of this name: calls that the histogram lacks. */
    public static final String UNTIMED_SUFFIX = ".untimed";

    private static final Map<String, Metric> BY_NAME = new HashMap<>();

    static {
        for (Metric metric : values()) {
            BY_NAME.put(metric.metricName, metric);
        }
    }

    private final String metricName;
    private final String unit;
    private final Kind kind;
    private final String meaning;

    Metric(String metricName, String unit, Kind kind, String meaning) {
        this.metricName = metricName;
        this.unit = unit;
        this.kind = kind;
        this.meaning = meaning;
    }

    /** The name on the wire. */
    public String metricName() {
        return metricName;
    }

    /** UCUM unit on the wire. */
    public String unit() {
        return unit;
    }

    public Kind kind() {
        return kind;
    }

    public String meaning() {
        return meaning;
    }

    /** The metric of that name, or null. */
    public static @Nullable Metric named(String name) {
        return BY_NAME.get(name);
    }
}
