package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/** Oracle's Universal Connection Pool. How long it takes to open a connection is not told: threads of its own do that. */
public final class UcpHook extends Hook {
    private static final String NAME = "ucp";
    private static final String POOL = "oracle.ucp.common.UniversalConnectionPoolImpl";
    private static final String ENTRY = "oracle.ucp.UniversalPooledConnection";

    public UcpHook(Recorder recorder) {
        super(NAME, "com.oracle.database.jdbc:ucp", "19 to 21");
        Pools pools = new Pools(NAME, new Ucp(), recorder);
        type(POOL)
                .weave(
                        method("borrowConnection", "oracle.ucp.ConnectionRetrievalInfo")
                                .advice(Advices.TIMED)
                                .probe(new PoolProbes.Wait(pools)),
                        method("returnConnection", ENTRY)
                                .advice(PoolAdvices.ENTRY)
                                .probe(new PoolProbes.Returned(pools)));
        type("oracle.ucp.common.UniversalConnectionPoolBase")
                .weave(method("stop").advice(Advices.CALLED).probe(new PoolProbes.Closed(pools)));
    }

    private static final class Ucp extends PoolLibrary {
        /** Behind it come numbers that another run of the program does not share. */
        private static final String UNNAMED = "UniversalConnectionPool(";

        @Override
        int used(Pool pool) {
            return number(pool.itself(), "getBorrowedConnectionsCount");
        }

        @Override
        int idle(Pool pool) {
            return number(pool.itself(), "getAvailableConnectionsCount");
        }

        @Override
        int waiting(Pool pool) {
            return number(ask(pool.itself(), "getStatistics"), "getPendingRequestsCount");
        }

        @Override
        int max(Pool pool) {
            return number(pool.itself(), "getMaxPoolSize");
        }

        @Override
        String name(Object pool, @Nullable Object config) {
            String given = text(pool, "getName");
            return given == null || given.startsWith(UNNAMED) ? "UniversalConnectionPool" : given;
        }

        @Override
        boolean timedOut(Throwable thrown) {
            String message = thrown.getMessage();
            return message != null && message.startsWith("All connections in the Universal Connection Pool are in use");
        }
    }
}
