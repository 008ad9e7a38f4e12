package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.Advices;
import dev.headroom.core.hook.Hook;
import dev.headroom.core.record.Recorder;
import org.jspecify.annotations.Nullable;

/** Tomcat's JDBC pool. What it borrows of itself to fill up at its start is no borrower's. */
public final class TomcatPoolHook extends Hook {
    private static final String NAME = "tomcat-jdbc";
    private static final String POOL = "org.apache.tomcat.jdbc.pool.ConnectionPool";
    private static final String ENTRY = "org.apache.tomcat.jdbc.pool.PooledConnection";
    private static final String TEXT = "java.lang.String";

    public TomcatPoolHook(Recorder recorder) {
        super(NAME, "org.apache.tomcat:tomcat-jdbc", "7 to 11");
        Pools pools = new Pools(NAME, new TomcatPool(), recorder);
        type(POOL)
                .weave(
                        method("init", "org.apache.tomcat.jdbc.pool.PoolConfiguration")
                                .advice(Advices.TIMED)
                                .probe(new PoolProbes.Silence()),
                        method("borrowConnection", "int", TEXT, TEXT)
                                .advice(Advices.TIMED)
                                .probe(new PoolProbes.Wait(pools)),
                        method("createConnection", "long", ENTRY, TEXT, TEXT)
                                .advice(Advices.TIMED)
                                .probe(new PoolProbes.Create(pools)),
                        method("returnConnection", ENTRY)
                                .advice(PoolAdvices.ENTRY)
                                .probe(new PoolProbes.Returned(pools)),
                        method("close", "boolean").advice(Advices.CALLED).probe(new PoolProbes.Closed(pools)));
    }

    private static final class TomcatPool extends PoolLibrary {
        /** Behind it come a counter and an identity, which another run of the program does not share. */
        private static final String UNNAMED = "Tomcat Connection Pool[";

        @Override
        int used(Pool pool) {
            return number(pool.itself(), "getActive");
        }

        @Override
        int idle(Pool pool) {
            return number(pool.itself(), "getIdle");
        }

        @Override
        int waiting(Pool pool) {
            return number(pool.itself(), "getWaitCount");
        }

        @Override
        int max(Pool pool) {
            return number(ask(pool.itself(), "getPoolProperties"), "getMaxActive");
        }

        @Override
        String name(Object pool, @Nullable Object config) {
            String given = text(pool, "getName");
            return given == null || given.startsWith(UNNAMED)
                    ? PoolName.of(text(ask(pool, "getPoolProperties"), "getUrl"), "Tomcat Connection Pool")
                    : given;
        }

        @Override
        boolean timedOut(Throwable thrown) {
            return thrown.getClass().getSimpleName().equals("PoolExhaustedException");
        }
    }
}
