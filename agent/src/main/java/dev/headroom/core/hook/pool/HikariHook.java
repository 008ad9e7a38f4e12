package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.HookId;
import dev.headroom.core.hook.Probe;
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
    private static final String NAME = "hikari";
    private static final String POOL = "com.zaxxer.hikari.pool.HikariPool";
    private static final String BASE = "com.zaxxer.hikari.pool.PoolBase";
    private static final String ENTRY = "com.zaxxer.hikari.pool.PoolEntry";

    public HikariHook(Recorder recorder) {
        super(NAME, "com.zaxxer:HikariCP", "2.4.7 to 7");
        Pools pools = new Pools(NAME, new Hikari(), recorder);
        Probe returned = new PoolProbes.Returned(pools);
        type(POOL)
                .weave(
                        method("<init>", "com.zaxxer.hikari.HikariConfig")
                                .needs(BASE, "poolName")
                                .needs(BASE, "config")
                                .advice(nested("BuiltAdvice"))
                                .probe(new PoolProbes.Built(pools)),
                        method("getConnection", "long")
                                .needs(BASE, "poolName")
                                .needs(BASE, "config")
                                .advice(nested("TimedPool"))
                                .probe(new PoolProbes.Wait(pools)),
                        method("shutdown").advice(Advices.CALLED).probe(new PoolProbes.Closed(pools)))
                .firstOf(
                        method("recycle", ENTRY).advice(PoolAdvices.ENTRY).probe(returned),
                        method("releaseConnection", ENTRY)
                                .advice(PoolAdvices.ENTRY)
                                .probe(returned));
        type(BASE)
                .weave(anyMethod("newConnection")
                        .needs(BASE, "poolName")
                        .needs(BASE, "config")
                        .advice(nested("TimedPool"))
                        .probe(new PoolProbes.Create(pools)));
        type(ENTRY)
                .weave(anyMethod("createProxyConnection").advice(Advices.CALLED).probe(new PoolProbes.Borrowed(pools)));
    }

    private static final class Hikari extends PoolLibrary {
        @Override
        int used(Pool pool) {
            return number(pool.itself(), "getActiveConnections");
        }

        @Override
        int idle(Pool pool) {
            return number(pool.itself(), "getIdleConnections");
        }

        @Override
        int waiting(Pool pool) {
            return number(pool.itself(), "getThreadsAwaitingConnection");
        }

        @Override
        int max(Pool pool) {
            return number(pool.config(), "getMaximumPoolSize");
        }

        @Override
        String name(Object pool, @Nullable Object config) {
            return "HikariCP";
        }

        @Override
        boolean timedOut(Throwable thrown) {
            return thrown instanceof SQLTransientConnectionException;
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

    /** The entry is told by what comes later: the result is a proxy made anew. */
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
        static void exit(@HookId int hook, @Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
            if (token != null) {
                HeadroomBridge.live.exit(hook, token, null, thrown);
            }
        }
    }
}
