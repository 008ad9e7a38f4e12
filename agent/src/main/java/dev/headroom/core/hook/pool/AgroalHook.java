package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/** Agroal, Quarkus' pool. It has no name; where it leads stands for it. */
public final class AgroalHook extends Hook {
    private static final String NAME = "agroal";
    private static final String ENTRY = "io.agroal.pool.ConnectionHandler";

    public AgroalHook(Recorder recorder) {
        super(NAME, "io.agroal:agroal-pool", "1.9 to 2.5");
        Pools pools = new Pools(NAME, new Agroal(), recorder);
        Probe borrowed = new PoolProbes.Borrowed(pools);
        type("io.agroal.pool.ConnectionPool")
                .weave(
                        method("getConnection").advice(PoolAdvices.LENT).probe(new PoolProbes.Wait(pools)),
                        method("returnConnectionHandler", ENTRY)
                                .advice(PoolAdvices.ENTRY)
                                .probe(new PoolProbes.Returned(pools)),
                        method("close").advice(Advices.CALLED).probe(new PoolProbes.Closed(pools)));
        type(ENTRY)
                .weave(
                        method("connectionWrapper").advice(Advices.CALLED).probe(borrowed),
                        method("newConnectionWrapper").advice(Advices.CALLED).probe(borrowed));
    }

    private static final class Agroal extends PoolLibrary {
        @Override
        int used(Pool pool) {
            return number(pool.itself(), "activeCount");
        }

        @Override
        int idle(Pool pool) {
            return number(pool.itself(), "availableCount");
        }

        @Override
        int waiting(Pool pool) {
            return number(pool.itself(), "awaitingCount");
        }

        @Override
        int max(Pool pool) {
            return number(ask(pool.itself(), "getConfiguration"), "maxSize");
        }

        @Override
        String name(Object pool, @Nullable Object config) {
            Object factory = ask(ask(pool, "getConfiguration"), "connectionFactoryConfiguration");
            return PoolName.of(text(factory, "jdbcUrl"), "Agroal");
        }

        @Override
        boolean timedOut(Throwable thrown) {
            String message = thrown.getMessage();
            return message != null && message.contains("cquisition timeout");
        }
    }
}
