package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.DurationSeries;
import dev.headroom.core.record.Recorder;
import java.sql.SQLTransientConnectionException;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * HikariCP: how long threads wait for a connection, how often they give up, how long they keep it, how long a new one takes, and
 * how full the pool is.
 */
public final class HikariHook extends Hook {
    static final String NAME = "hikari";
    private static final String POOL = "com.zaxxer.hikari.pool.HikariPool";
    private static final String BASE = "com.zaxxer.hikari.pool.PoolBase";
    private static final String ENTRY = "com.zaxxer.hikari.pool.PoolEntry";

    public HikariHook(Recorder recorder) {
        super(NAME, "com.zaxxer:HikariCP", "2.4.7 to 7");
        Pools pools = new Pools(recorder);
        Probe returned = new Returned(pools, recorder);
        type(POOL)
                .weave(
                        method("<init>", "com.zaxxer.hikari.HikariConfig")
                                .needs(BASE, "poolName")
                                .needs(BASE, "config")
                                .advice(nested("BuiltAdvice"))
                                .probe(new Built(pools)),
                        method("getConnection", "long")
                                .needs(BASE, "poolName")
                                .needs(BASE, "config")
                                .advice(nested("TimedPool"))
                                .probe(new Wait(pools, recorder)),
                        method("shutdown").advice(Advices.CALLED).probe(new Closed(pools)))
                .firstOf(
                        method("recycle", ENTRY).advice(nested("GivenBack")).probe(returned),
                        method("releaseConnection", ENTRY)
                                .advice(nested("GivenBack"))
                                .probe(returned));
        type(BASE)
                .weave(anyMethod("newConnection")
                        .needs(BASE, "poolName")
                        .needs(BASE, "config")
                        .advice(nested("TimedPool"))
                        .probe(new Create(pools, recorder)));
        type(ENTRY)
                .weave(anyMethod("createProxyConnection").advice(Advices.CALLED).probe(new Borrowed(pools, recorder)));
    }

    /** A pool exists. */
    private static final class Built extends Probe {
        private final Pools pools;

        Built(Pools pools) {
            this.pools = pools;
        }

        @Override
        public @Nullable Object enter(@Nullable Object pool, @Nullable Object name, @Nullable Object config) {
            if (pool != null && config != null) {
                pools.of(pool, String.valueOf(name), config);
            }
            return null;
        }
    }

    private static final class Closed extends Probe {
        private final Pools pools;

        Closed(Pools pools) {
            this.pools = pools;
        }

        @Override
        public @Nullable Object enter(@Nullable Object pool, @Nullable Object a, @Nullable Object b) {
            if (pool != null) {
                pools.remove(pool);
            }
            return null;
        }
    }

    /** What the pool does for a while: begun and ended on one thread. */
    private abstract static class Timed extends Probe {
        final Pools pools;
        private final Recorder recorder;

        Timed(Pools pools, Recorder recorder) {
            this.pools = pools;
            this.recorder = recorder;
        }

        abstract DurationSeries series(Pool pool);

        @Override
        public @Nullable Object enter(@Nullable Object itself, @Nullable Object name, @Nullable Object config) {
            if (itself == null || config == null) {
                return null;
            }
            Pool pool = pools.of(itself, String.valueOf(name), config);
            return pool == null ? null : CallStack.current().begin(CallStack.Kind.POOL, series(pool), recorder.nanos());
        }

        @Override
        public void exit(Object token, @Nullable Object itself, @Nullable Throwable thrown) {
            ((Call) token)
                    .end(
                            recorder.nanos(),
                            thrown == null ? null : thrown.getClass().getName());
        }
    }

    /** {@code getConnection}, which ends with a connection or gives up. */
    private static final class Wait extends Timed {
        Wait(Pools pools, Recorder recorder) {
            super(pools, recorder);
        }

        @Override
        DurationSeries series(Pool pool) {
            return pool.wait;
        }

        @Override
        public void exit(Object token, @Nullable Object itself, @Nullable Throwable thrown) {
            super.exit(token, itself, thrown);
            Pool pool = thrown instanceof SQLTransientConnectionException && itself != null ? pools.find(itself) : null;
            if (pool != null) {
                pool.timeouts.add(1);
            }
        }
    }

    /** Opening a connection to the database. */
    private static final class Create extends Timed {
        Create(Pools pools, Recorder recorder) {
            super(pools, recorder);
        }

        @Override
        DurationSeries series(Pool pool) {
            return pool.create;
        }
    }

    /** A thread gets a connection. */
    private static final class Borrowed extends Probe {
        private final Pools pools;
        private final Recorder recorder;

        Borrowed(Pools pools, Recorder recorder) {
            this.pools = pools;
            this.recorder = recorder;
        }

        @Override
        public @Nullable Object enter(@Nullable Object entry, @Nullable Object a, @Nullable Object b) {
            if (entry != null) {
                pools.use().borrowed(entry, recorder.nanos());
            }
            return null;
        }
    }

    /** A thread gave its connection back. */
    private static final class Returned extends Probe {
        private final Pools pools;
        private final Recorder recorder;

        Returned(Pools pools, Recorder recorder) {
            this.pools = pools;
            this.recorder = recorder;
        }

        @Override
        public @Nullable Object enter(@Nullable Object itself, @Nullable Object entry, @Nullable Object b) {
            if (itself != null && entry != null) {
                Pool pool = pools.find(itself);
                long nanos = pools.use().returned(entry, recorder.nanos());
                if (pool != null && (nanos >= 0 || nanos == Clock.UNTIMED)) {
                    pool.use.record(nanos);
                }
            }
            return null;
        }
    }

    static final class BuiltAdvice {
        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object self,
                @Advice.FieldValue("poolName") String name,
                @Advice.FieldValue(value = "config", typing = Assigner.Typing.DYNAMIC) Object config) {
            HeadroomBridge.live.enter(hook, self, name, config);
        }
    }

    /** The result handed over at the end is the pool itself. */
    static final class TimedPool {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static Object enter(
                @HookId int hook,
                @Advice.This Object self,
                @Advice.FieldValue("poolName") String name,
                @Advice.FieldValue(value = "config", typing = Assigner.Typing.DYNAMIC) Object config) {
            return HeadroomBridge.live.enter(hook, self, name, config);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @HookId int hook,
                @Advice.This Object self,
                @Advice.Enter Object token,
                @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, self, thrown);
            }
        }
    }

    static final class GivenBack {
        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @HookId int hook,
                @Advice.This Object self,
                @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object entry) {
            HeadroomBridge.live.enter(hook, self, entry, null);
        }
    }
}
