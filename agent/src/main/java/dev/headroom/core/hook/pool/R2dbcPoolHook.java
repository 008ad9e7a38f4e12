package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.hook.Watch;
import dev.headroom.core.hook.WatchAdvice;
import dev.headroom.core.hook.WeakIdentityMap;
import dev.headroom.core.record.Behalf;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** R2DBC's pool. A borrower waits from its subscription until it gets a connection; that is back when its close is asked for. */
public final class R2dbcPoolHook extends Hook {
    private static final String NAME = "r2dbc-pool";
    private static final String POOL = "io.r2dbc.pool.ConnectionPool";
    private static final String CONFIGURATION = "io.r2dbc.pool.ConnectionPoolConfiguration";

    public R2dbcPoolHook(Recorder recorder) {
        super(NAME, "io.r2dbc:r2dbc-pool", "0.8 to 1.0");
        Names names = new Names(recorder);
        Pools pools = new Pools(NAME, new R2dbcPool(names), recorder);
        Probe closed = new PoolProbes.Closed(pools);
        type(CONFIGURATION)
                .weave(anyMethod("<init>")
                        .needs(CONFIGURATION, "name")
                        .advice(nested("Configured"))
                        .probe(names));
        type(POOL)
                .weave(
                        method("<init>", CONFIGURATION).advice(nested("Built")).probe(new PoolProbes.Built(pools)),
                        WatchAdvice.watched(method("create")).probe(new Borrow(pools)),
                        method("close").advice(Advices.CALLED).probe(closed),
                        method("dispose").advice(Advices.CALLED).probe(closed),
                        method("disposeLater").advice(Advices.CALLED).probe(closed));
        type("io.r2dbc.pool.PooledConnection")
                .weave(method("close").advice(Advices.CALLED).probe(new PoolProbes.Returned(pools)));
    }

    /** Enter with the pool and the publisher of a connection. */
    private static final class Borrow extends Probe {
        private final Pools pools;

        Borrow(Pools pools) {
            this.pools = pools;
        }

        @Override
        public @Nullable Object enter(@Nullable Object itself, @Nullable Object publisher, @Nullable Object b) {
            Pool pool = itself == null ? null : pools.of(itself, null, null);
            if (pool == null || publisher == null) {
                return null;
            }
            return new Watch(publisher) {
                @Override
                protected Subscribed subscribed() {
                    return new Wait(pools, pool);
                }
            };
        }

        @Override
        public void exit(Object token, @Nullable Object heard, @Nullable Throwable thrown) {
            if (heard != null) {
                ((Watch) token).listenTo(heard);
            }
        }
    }

    /** One borrower waits. */
    private static final class Wait extends Watch.Subscribed {
        private static final String CANCELLED = "java.util.concurrent.CancellationException";

        private final Pools pools;
        private final Pool pool;
        private final Behalf behalf = new Behalf();
        private final long startNanos;
        private boolean lent;

        Wait(Pools pools, Pool pool) {
            this.pools = pools;
            this.pool = pool;
            behalf.anywhere(CallStack.current());
            startNanos = pools.recorder.nanos();
        }

        @Override
        protected void next(Object connection) {
            lent = true;
            pools.use().borrowed(connection, pool, pools.recorder.nanos());
        }

        @Override
        protected void ended(boolean complete, @Nullable Throwable failure) {
            long nanos = Clock.elapsed(startNanos, pools.recorder.nanos());
            String error = failure != null ? failure.getClass().getName() : lent || complete ? null : CANCELLED;
            DurationSeries series = pool.wait;
            (error == null ? series : series.failed(error)).record(nanos);
            behalf.called(CallStack.Kind.POOL, series, startNanos, nanos, error);
            if (failure != null && pools.library.timedOut(failure)) {
                pool.timeouts.add(1);
            }
        }
    }

    /** By configuration, what the application calls its pool: only the constructor shows it. */
    private static final class Names extends Probe {
        private static final int MAX_CONFIGURATIONS = 1_000;

        private final WeakIdentityMap<String> byConfiguration = new WeakIdentityMap<>(MAX_CONFIGURATIONS);

        Names(Recorder recorder) {
            recorder.gauges(sink -> byConfiguration.purge());
        }

        @Override
        public @Nullable Object enter(@Nullable Object configuration, @Nullable Object name, @Nullable Object b) {
            if (configuration != null && name instanceof String) {
                byConfiguration.put(configuration, (String) name);
            }
            return null;
        }

        @Nullable
        String of(@Nullable Object configuration) {
            return configuration == null ? null : byConfiguration.get(configuration);
        }
    }

    private static final class R2dbcPool extends PoolLibrary {
        private final Names names;

        R2dbcPool(Names names) {
            this.names = names;
        }

        private static int metric(Pool pool, String name) {
            Object metrics = ask(pool.itself(), "getMetrics");
            return metrics instanceof Optional ? number(((Optional<?>) metrics).orElse(null), name) : UNKNOWN;
        }

        @Override
        int used(Pool pool) {
            return metric(pool, "acquiredSize");
        }

        @Override
        int idle(Pool pool) {
            return metric(pool, "idleSize");
        }

        @Override
        int waiting(Pool pool) {
            return metric(pool, "pendingAcquireSize");
        }

        @Override
        int max(Pool pool) {
            return metric(pool, "getMaxAllocatedSize");
        }

        /** Without one of the application's, what the database is called. */
        @Override
        String name(Object pool, @Nullable Object config) {
            String given = names.of(config);
            String database = given == null ? text(ask(pool, "getMetadata"), "getName") : given;
            return database == null ? "R2DBC pool" : database;
        }

        @Override
        boolean timedOut(Throwable thrown) {
            String type = thrown.getClass().getSimpleName();
            return type.equals("R2dbcTimeoutException")
                    || type.equals("PoolAcquireTimeoutException")
                    || type.equals("PoolAcquirePendingLimitException");
        }
    }

    /** Enter with the configuration and its name. */
    static final class Configured {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object configuration,
                @Advice.FieldValue(value = "name", typing = Assigner.Typing.DYNAMIC) Object name) {
            HeadroomBridge.live.enter(hook, configuration, name, null);
        }
    }

    /** Enter with pool, null and configuration. */
    static final class Built {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object pool,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object configuration) {
            HeadroomBridge.live.enter(hook, pool, null, configuration);
        }
    }
}
