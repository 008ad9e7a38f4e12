package dev.headroom.core.hook.httpserver;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.AmountSeries;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import dev.headroom.core.record.Series;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What requests of one route and method did, as distributions over these requests, whatever their outcome: of databases, of Redis, of
 * caches and of other servers each from the first request on that used them, for from then on none is a number too. Thread-safe; a
 * record allocates nothing in steady state.
 */
final class RouteWork {
    /** Statements told apart on one route; the others are one. */
    static final int MAX_STATEMENTS = 30;

    private static final String OTHERS = "other";

    private final Recorder recorder;
    private final Attributes attributes;
    private final ConcurrentHashMap<Series, Statement> statements = new ConcurrentHashMap<>();
    private volatile @Nullable Statement others;
    private volatile @Nullable Database database;
    private volatile @Nullable Redis redis;
    private volatile @Nullable Caches caches;
    private volatile @Nullable AmountSeries http;
    private volatile @Nullable Parts parts;

    RouteWork(Recorder recorder, Attributes attributes) {
        this.recorder = recorder;
        this.attributes = attributes;
    }

    /** @param nanos that the request took; may be {@link Clock#UNTIMED} */
    void did(RequestScope account, long nanos) {
        Database sql = database;
        if (sql != null || account.statements() > 0 || account.heldNanos() > 0) {
            if (sql == null) {
                sql = new Database(recorder, attributes);
                database = sql;
            }
            sql.did(account);
        }
        Redis commands = redis;
        int roundTrips = account.calls(CallStack.Kind.REDIS);
        if (commands != null || roundTrips > 0 || account.redisCommands() > 0) {
            if (commands == null) {
                commands = new Redis(recorder, attributes);
                redis = commands;
            }
            commands.commands.record(account.redisCommands());
            commands.roundTrips.record(roundTrips);
        }
        Caches lookups = caches;
        if (lookups != null || account.cacheHits() + account.cacheMisses() > 0) {
            if (lookups == null) {
                lookups = new Caches(recorder, attributes);
                caches = lookups;
            }
            lookups.hits.record(account.cacheHits());
            lookups.misses.record(account.cacheMisses());
        }
        AmountSeries calls = http;
        int called = account.calls(CallStack.Kind.HTTP_CLIENT);
        if (calls != null || called > 0) {
            if (calls == null) {
                calls = recorder.amount(Metric.REQUEST_HTTP_CALLS, attributes);
                http = calls;
            }
            calls.record(called);
        }
        if (nanos != Clock.UNTIMED) {
            Parts known = parts;
            if (known == null) {
                known = new Parts();
                parts = known;
            }
            known.took(account, nanos);
        }
        for (int i = 0; i < account.ran(); i++) {
            Series series = account.ran(i);
            if (series != null) {
                Statement ran = statement(series);
                ran.runs.record(account.runs(i));
                ran.time.record(account.ranNanos(i));
            }
        }
    }

    private Statement statement(Series series) {
        Statement known = statements.get(series);
        if (known != null) {
            return known;
        }
        String fingerprint = series.attributes().get(Attribute.DB_FINGERPRINT);
        if (fingerprint == null || statements.size() >= MAX_STATEMENTS) {
            Statement rest = others;
            if (rest == null) {
                rest = new Statement(recorder, attributes.with(Attribute.DB_FINGERPRINT, OTHERS));
                others = rest;
            }
            return rest;
        }
        Statement made = new Statement(recorder, attributes.with(Attribute.DB_FINGERPRINT, fingerprint));
        Statement earlier = statements.putIfAbsent(series, made);
        return earlier == null ? made : earlier;
    }

    private static final class Statement {
        final AmountSeries runs;
        final DurationSeries time;

        Statement(Recorder recorder, Attributes attributes) {
            runs = recorder.amount(Metric.REQUEST_STATEMENT_RUNS, attributes);
            time = recorder.duration(Metric.REQUEST_STATEMENT_TIME, attributes);
        }
    }

    private static final class Database {
        final AmountSeries shapes;
        final AmountSeries rows;
        final AmountSeries writes;
        final DurationSeries held;

        Database(Recorder recorder, Attributes attributes) {
            shapes = recorder.amount(Metric.REQUEST_DB_SHAPES, attributes);
            rows = recorder.amount(Metric.REQUEST_DB_ROWS, attributes);
            writes = recorder.amount(Metric.REQUEST_DB_WRITES, attributes);
            held = recorder.duration(Metric.REQUEST_DB_HELD, attributes);
        }

        void did(RequestScope account) {
            shapes.record(account.shapes());
            rows.record(account.rows());
            writes.record(account.writes());
            held.record(account.heldNanos());
        }
    }

    private static final class Redis {
        final AmountSeries commands;
        final AmountSeries roundTrips;

        Redis(Recorder recorder, Attributes attributes) {
            commands = recorder.amount(Metric.REQUEST_REDIS_COMMANDS, attributes);
            roundTrips = recorder.amount(Metric.REQUEST_REDIS_ROUND_TRIPS, attributes);
        }
    }

    private static final class Caches {
        final AmountSeries hits;
        final AmountSeries misses;

        Caches(Recorder recorder, Attributes attributes) {
            hits = recorder.amount(Metric.REQUEST_CACHE_HITS, attributes);
            misses = recorder.amount(Metric.REQUEST_CACHE_MISSES, attributes);
        }
    }

    /** Where the time went, part by part; each from the first request on that has it. */
    private final class Parts {
        private volatile @Nullable DurationSeries db;
        private volatile @Nullable DurationSeries redis;
        private volatile @Nullable DurationSeries http;
        private volatile @Nullable DurationSeries pool;
        private final DurationSeries own = part("own");

        void took(RequestScope account, long nanos) {
            long onDb = account.nanos(CallStack.Kind.SQL, nanos);
            long onRedis = account.nanos(CallStack.Kind.REDIS, nanos);
            long onHttp = account.nanos(CallStack.Kind.HTTP_CLIENT, nanos);
            long onPool = account.nanos(CallStack.Kind.POOL, nanos);
            if (onDb > 0 && db == null) {
                db = part("db");
            }
            if (onRedis > 0 && redis == null) {
                redis = part("redis");
            }
            if (onHttp > 0 && http == null) {
                http = part("http");
            }
            if (onPool > 0 && pool == null) {
                pool = part("pool");
            }
            record(db, onDb);
            record(redis, onRedis);
            record(http, onHttp);
            record(pool, onPool);
            own.record(Math.max(0, nanos - onDb - onRedis - onHttp - onPool));
        }

        private void record(@Nullable DurationSeries series, long nanos) {
            if (series != null) {
                series.record(nanos);
            }
        }

        private DurationSeries part(String name) {
            return recorder.duration(Metric.REQUEST_TIME, attributes.with(Attribute.REQUEST_PART, name));
        }
    }
}
