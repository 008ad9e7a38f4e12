package dev.headroom.core.hook.pool;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Gauges;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.RequestScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Since when each pooled connection is in use and for which request, by identity of the pool's own entry, which lives as long as the
 * connection.
 *
 * <p>Thread-safe; borrowing and giving back a connection known already allocates nothing.
 */
final class PoolUse {
    private static final int MAX_ENTRIES = 20_000;

    /** A connection that its request left behind for so long is taken for lost. */
    private static final long LEAKED_NANOS = 30_000_000_000L;

    /** Who holds the connections is asked no more often: threads that give up come in swarms. */
    private static final long EXHAUSTED_NANOS = 1_000_000_000L;

    private final WeakIdentityMap<Use> uses = new WeakIdentityMap<>(MAX_ENTRIES);
    private final Recorder recorder;
    private final AtomicLong lastExhausted = new AtomicLong(Clock.UNTIMED);

    PoolUse(Recorder recorder) {
        this.recorder = recorder;
    }

    void borrowed(Object pooled, Pool pool, long nowNanos) {
        Use use = uses.get(pooled);
        if (use == null) {
            use = uses.putIfAbsent(pooled, new Use());
            if (use == null) {
                return;
            }
        }
        use.sinceNanos = nowNanos;
        use.of(CallStack.current().request());
        use.pool = pool;
    }

    /** Records how long the connection was in use, if it was seen being borrowed. */
    void returned(Object pooled, long nowNanos) {
        Use use = uses.get(pooled);
        Pool pool = use == null ? null : use.pool;
        if (use != null && pool != null) {
            use.pool = null;
            long held = Clock.elapsed(use.sinceNanos, nowNanos);
            pool.use.record(held);
            if (held != Clock.UNTIMED) {
                CallStack.current().request().held(held);
            }
        }
    }

    /** A thread got no connection of the pool: records how long each of them has been held so far. */
    void exhausted(Pool pool, long nowNanos) {
        long last = lastExhausted.get();
        if (nowNanos == Clock.UNTIMED
                || (last != Clock.UNTIMED && nowNanos - last < EXHAUSTED_NANOS)
                || !lastExhausted.compareAndSet(last, nowNanos)) {
            return;
        }
        for (Use use : uses.values()) {
            long held = Clock.elapsed(use.sinceNanos, nowNanos);
            if (use.pool == pool && held != Clock.UNTIMED) {
                recorder.duration(Metric.POOL_EXHAUSTED_HELD, attributes(pool, use))
                        .record(Math.max(0, held));
            }
        }
    }

    /** Connections that ended requests left behind, for the agent's thread. */
    void readLeaked(long nowNanos, Gauges.Sink sink) {
        Map<Attributes, Integer> leaked = new LinkedHashMap<>();
        for (Use use : uses.values()) {
            Pool pool = use.pool;
            long held = Clock.elapsed(use.sinceNanos, nowNanos);
            if (pool != null && held != Clock.UNTIMED && held >= LEAKED_NANOS && use.requestEnded()) {
                leaked.merge(attributes(pool, use), 1, Integer::sum);
            }
        }
        leaked.forEach((attributes, connections) -> sink.value(Metric.POOL_LEAKED, attributes, connections));
    }

    private static Attributes attributes(Pool pool, Use use) {
        String route = use.route();
        return route == null ? pool.attributes : pool.attributes.with(Attribute.HTTP_ROUTE, route);
    }

    /** Forgets every connection. */
    void forget() {
        uses.clear();
    }

    /** Forgets connections that are gone; for the agent's thread. */
    void purge() {
        uses.purge();
    }

    /** One connection of a pool. The pool hands it to one thread at a time, and publishes it between them. */
    private static final class Use {
        private volatile long sinceNanos;

        /** Where it was borrowed; null while it is not in use. Refers to no object of the library but weakly. */
        private volatile @Nullable Pool pool;

        /** Of the thread that borrowed it last; it serves many requests, told apart by their numbers. */
        private volatile @Nullable RequestScope request;

        private volatile int serial;
        private volatile boolean serving;
        private volatile @Nullable String borrowedFor;

        void of(RequestScope borrower) {
            request = borrower;
            serial = borrower.serial();
            serving = borrower.active();
            borrowedFor = serving ? named(borrower) : null;
        }

        /** False for what was borrowed outside of requests. Read from another thread than the request's: a guess, once per window. */
        boolean requestEnded() {
            RequestScope known = request;
            return serving && known != null && (known.serial() != serial || !known.active());
        }

        /** The template may become known only after the connection was borrowed. */
        @Nullable
        String route() {
            String known = borrowedFor;
            RequestScope borrower = request;
            return known == null && serving && borrower != null && borrower.serial() == serial
                    ? named(borrower)
                    : known;
        }

        private static @Nullable String named(RequestScope request) {
            String route = request.route();
            return route == null ? request.mapping() : route;
        }
    }
}
