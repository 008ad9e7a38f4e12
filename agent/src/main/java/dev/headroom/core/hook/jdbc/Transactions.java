package dev.headroom.core.hook.jdbc;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.AmountSeries;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.OpenTransaction;
import dev.headroom.core.record.Recorder;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of one database's transactions, by the route of the request that they belong to: at most {@link #MAX_ROUTES},
 * the rest in the metrics' overflow series. Thread-safe; a transaction of a kind seen before costs no allocation.
 */
final class Transactions {
    static final int MAX_ROUTES = 500;
    static final String COMMIT = "commit";
    static final String ROLLBACK = "rollback";
    static final String CLOSE = "close";

    /** In the place of a route: outside of requests, or before a framework told it. */
    private static final String NO_ROUTE = "";

    private final Attributes database;
    private final ConcurrentHashMap<String, OfRoute> routes = new ConcurrentHashMap<>();
    private volatile @Nullable OfRoute overflow;

    Transactions(Attributes database) {
        this.database = database;
    }

    /**
     * A transaction ended.
     *
     * @param error why its commit or rollback failed, or null
     */
    void ended(
            OpenTransaction transaction,
            String outcome,
            @Nullable String error,
            @Nullable String route,
            long nowNanos,
            Recorder recorder) {
        OfRoute of = of(route == null ? NO_ROUTE : route, recorder);
        long nanos = Clock.elapsed(transaction.startNanos(), nowNanos);
        DurationSeries durations = of.durations(outcome);
        (error == null ? durations : durations.failed(error)).record(nanos);
        of.idle.record(
                nanos == Clock.UNTIMED || transaction.busyNanos() == Clock.UNTIMED
                        ? Clock.UNTIMED
                        : Math.max(0, nanos - transaction.busyNanos()));
        of.statements.record(transaction.statements());
        if (transaction.httpCalls() > 0) {
            of.http().waited(transaction.httpCalls(), transaction.httpNanos());
        }
        if (transaction.redisCalls() > 0) {
            of.redis().waited(transaction.redisCalls(), transaction.redisNanos());
        }
    }

    private OfRoute of(String route, Recorder recorder) {
        OfRoute known = routes.get(route);
        if (known == null) {
            if (routes.size() >= MAX_ROUTES) {
                return overflow(recorder);
            }
            OfRoute created = new OfRoute(
                    route.equals(NO_ROUTE) ? database : database.with(Attribute.HTTP_ROUTE, route), recorder);
            OfRoute earlier = routes.putIfAbsent(route, created);
            known = earlier == null ? created : earlier;
        }
        return known;
    }

    private OfRoute overflow(Recorder recorder) {
        OfRoute known = overflow;
        if (known == null) {
            known = new OfRoute(Attributes.OVERFLOWN, recorder);
            overflow = known;
        }
        return known;
    }

    /** Transactions of requests that are alike. */
    private static final class OfRoute {
        private final Recorder recorder;
        private final Attributes attributes;
        final DurationSeries idle;
        final AmountSeries statements;
        private volatile @Nullable DurationSeries commits;
        private volatile @Nullable DurationSeries rollbacks;
        private volatile @Nullable DurationSeries closes;
        private volatile @Nullable Waits http;
        private volatile @Nullable Waits redis;

        OfRoute(Attributes attributes, Recorder recorder) {
            this.recorder = recorder;
            this.attributes = attributes;
            this.idle = recorder.duration(Metric.TRANSACTION_IDLE, attributes);
            this.statements = recorder.amount(Metric.TRANSACTION_STATEMENTS, attributes);
        }

        DurationSeries durations(String outcome) {
            DurationSeries known = outcome.equals(COMMIT) ? commits : outcome.equals(ROLLBACK) ? rollbacks : closes;
            if (known == null) {
                known = recorder.duration(Metric.TRANSACTION_DURATION, with(Attribute.TRANSACTION_OUTCOME, outcome));
                if (outcome.equals(COMMIT)) {
                    commits = known;
                } else if (outcome.equals(ROLLBACK)) {
                    rollbacks = known;
                } else {
                    closes = known;
                }
            }
            return known;
        }

        Waits http() {
            Waits known = http;
            if (known == null) {
                known = new Waits(with(Attribute.REMOTE, "http"), recorder);
                http = known;
            }
            return known;
        }

        Waits redis() {
            Waits known = redis;
            if (known == null) {
                known = new Waits(with(Attribute.REMOTE, "redis"), recorder);
                redis = known;
            }
            return known;
        }

        private Attributes with(Attribute key, String value) {
            return attributes.equals(Attributes.OVERFLOWN) ? attributes : attributes.with(key, value);
        }
    }

    /** What transactions waited for other than their database. */
    private static final class Waits {
        private final AmountSeries calls;
        private final DurationSeries durations;

        Waits(Attributes attributes, Recorder recorder) {
            calls = recorder.amount(Metric.TRANSACTION_REMOTE_CALLS, attributes);
            durations = recorder.duration(Metric.TRANSACTION_REMOTE_TIME, attributes);
        }

        void waited(int number, long nanos) {
            calls.record(number);
            durations.record(nanos);
        }
    }
}
