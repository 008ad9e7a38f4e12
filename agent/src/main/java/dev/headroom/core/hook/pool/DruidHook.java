package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/** Alibaba's Druid. */
public final class DruidHook extends Hook {
    private static final String NAME = "druid";

    public DruidHook(Recorder recorder) {
        super(NAME, "com.alibaba:druid", "1.0 to 1.2");
        Pools pools = new Pools(NAME, new Druid(), recorder);
        type("com.alibaba.druid.pool.DruidDataSource")
                .weave(
                        method("getConnectionInternal", "long")
                                .advice(PoolAdvices.LENT)
                                .probe(new PoolProbes.Wait(pools)),
                        method("close").advice(Advices.CALLED).probe(new PoolProbes.Closed(pools)));
        type("com.alibaba.druid.pool.DruidConnectionHolder")
                .weave(
                        method("incrementUseCount").advice(Advices.CALLED).probe(new PoolProbes.Borrowed(pools)),
                        method("reset").advice(Advices.CALLED).probe(new PoolProbes.Returned(pools)));
    }

    private static final class Druid extends PoolLibrary {
        @Override
        int used(Pool pool) {
            return number(pool.itself(), "getActiveCount");
        }

        @Override
        int idle(Pool pool) {
            return number(pool.itself(), "getPoolingCount");
        }

        @Override
        int waiting(Pool pool) {
            return number(pool.itself(), "getWaitThreadCount");
        }

        @Override
        int max(Pool pool) {
            return number(pool.itself(), "getMaxActive");
        }

        @Override
        String name(Object pool, @Nullable Object config) {
            String given = text(pool, "getName");
            return given == null || given.startsWith("DataSource-") // and an identity, another in each run
                    ? PoolName.of(text(pool, "getUrl"), "Druid")
                    : given;
        }

        @Override
        boolean timedOut(Throwable thrown) {
            return thrown.getClass().getSimpleName().equals("GetConnectionTimeoutException");
        }
    }
}
