package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/** c3p0. How long it takes to open a connection is not told: that happens below what knows the pool. */
public final class C3p0Hook extends Hook {
    private static final String NAME = "c3p0";
    private static final String RESOURCES = "com.mchange.v2.resourcepool.BasicResourcePool";

    public C3p0Hook(Recorder recorder) {
        super(NAME, "com.mchange:c3p0", "0.9.5 to 0.10");
        Pools pools = new Pools(NAME, new C3p0(), recorder);
        Probe wait = new PoolProbes.Wait(pools);
        Probe closed = new PoolProbes.Closed(pools);
        type("com.mchange.v2.c3p0.impl.AbstractPoolBackedDataSource")
                .weave(
                        method("getConnection").advice(PoolAdvices.LENT).probe(wait),
                        method("getConnection", "java.lang.String", "java.lang.String")
                                .advice(PoolAdvices.LENT)
                                .probe(wait),
                        method("close").advice(Advices.CALLED).probe(closed),
                        method("close", "boolean").advice(Advices.CALLED).probe(closed));
        type(RESOURCES)
                .weave(
                        method("checkoutResource", "long")
                                .advice(PoolAdvices.CHOSEN)
                                .probe(new PoolProbes.Borrowed(pools)),
                        method("checkinResource", "java.lang.Object")
                                .advice(PoolAdvices.ENTRY)
                                .probe(new PoolProbes.Returned(pools)));
    }

    private static final class C3p0 extends PoolLibrary {
        @Override
        int used(Pool pool) {
            return number(pool.itself(), "getNumBusyConnectionsDefaultUser");
        }

        @Override
        int idle(Pool pool) {
            return number(pool.itself(), "getNumIdleConnectionsDefaultUser");
        }

        @Override
        int waiting(Pool pool) {
            return number(pool.itself(), "getNumThreadsAwaitingCheckoutDefaultUser");
        }

        @Override
        int max(Pool pool) {
            return number(pool.itself(), "getMaxPoolSize");
        }

        @Override
        String name(Object pool, @Nullable Object config) {
            String given = text(pool, "getDataSourceName");
            return given == null || given.equals(text(pool, "getIdentityToken"))
                    ? PoolName.of(text(pool, "getJdbcUrl"), "c3p0")
                    : given;
        }

        @Override
        boolean timedOut(Throwable thrown) {
            String message = thrown.getMessage();
            return message != null && message.contains("timed out");
        }
    }
}
