package dev.headroom.core.hook.pool;

import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.Call;
import dev.headroom.core.record.CallStack;
import dev.headroom.core.record.DurationSeries;
import org.jspecify.annotations.Nullable;

/**
 * What every pool does: it is made and closed, opens connections, lends them and gets them back. Advice hands over the pool, its
 * name or null, and whatever else {@link PoolLibrary} wants to know it by.
 *
 * <p>Of a pool that takes its connections from another pool, or asks itself, the outermost call is a borrower's wait; what runs within
 * it belongs to it. Opening connections is told of each.
 */
final class PoolProbes {
    private PoolProbes() {}

    /** A pool exists. */
    static final class Built extends Probe {
        private final Pools pools;

        Built(Pools pools) {
            this.pools = pools;
        }

        @Override
        public @Nullable Object enter(@Nullable Object pool, @Nullable Object name, @Nullable Object config) {
            if (pool != null) {
                pools.of(pool, name, config);
            }
            return null;
        }
    }

    /** A pool is closed. */
    static final class Closed extends Probe {
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

        Timed(Pools pools) {
            this.pools = pools;
        }

        abstract DurationSeries series(Pool pool);

        final Call begin(Pool pool) {
            return CallStack.current().begin(CallStack.Kind.POOL, series(pool), pools.recorder.nanos());
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            end((Call) token, pools.recorder.nanos(), thrown);
        }

        static void end(Call call, long nowNanos, @Nullable Throwable thrown) {
            call.end(nowNanos, thrown == null ? null : thrown.getClass().getName());
        }
    }

    /** A thread asks for a connection, which it gets or gives up; what the method returned is the pool's entry, or unknown. */
    static class Wait extends Timed {
        Wait(Pools pools) {
            super(pools);
        }

        @Override
        DurationSeries series(Pool pool) {
            return pool.wait;
        }

        @Override
        public @Nullable Object enter(@Nullable Object itself, @Nullable Object name, @Nullable Object config) {
            if (itself == null || CallStack.current().inside(CallStack.Kind.POOL)) {
                return null;
            }
            Pool pool = pools.of(itself, name, config);
            if (pool == null) {
                return null;
            }
            Call call = begin(pool);
            call.owner(pool);
            return call;
        }

        @Override
        public void exit(Object token, @Nullable Object entry, @Nullable Throwable thrown) {
            long now = pools.recorder.nanos();
            Pool pool = (Pool) ((Call) token).owner();
            end((Call) token, now, thrown);
            if (thrown != null) {
                if (pool != null && pools.library.timedOut(thrown)) {
                    pool.timeouts.add(1);
                    pools.use().exhausted(pool, now);
                }
            } else if (pool != null && entry != null) {
                pools.use().borrowed(entry, pool, now);
            }
        }
    }

    /** Opening a connection to the database. */
    static final class Create extends Timed {
        Create(Pools pools) {
            super(pools);
        }

        @Override
        DurationSeries series(Pool pool) {
            return pool.create;
        }

        @Override
        public @Nullable Object enter(@Nullable Object itself, @Nullable Object name, @Nullable Object config) {
            Pool pool = itself == null ? null : pools.of(itself, name, config);
            return pool == null ? null : begin(pool);
        }
    }

    /** Borrows and returns of the pool's own, such as those with which it fills itself. */
    static final class Silence extends Probe {
        @Override
        public @Nullable Object enter(@Nullable Object pool, @Nullable Object a, @Nullable Object b) {
            return CallStack.current().begin(CallStack.Kind.POOL, null, 0);
        }

        @Override
        public void exit(Object token, @Nullable Object result, @Nullable Throwable thrown) {
            ((Call) token).discard();
        }
    }

    /** The pool chose this entry for the thread that waits. */
    static final class Borrowed extends Probe {
        private final Pools pools;

        Borrowed(Pools pools) {
            this.pools = pools;
        }

        @Override
        public @Nullable Object enter(@Nullable Object entry, @Nullable Object a, @Nullable Object b) {
            Call wait = CallStack.current().innermost(CallStack.Kind.POOL);
            Object pool = wait == null ? null : wait.owner();
            if (entry != null && pool instanceof Pool && pools.knows((Pool) pool)) {
                pools.use().borrowed(entry, (Pool) pool, pools.recorder.nanos());
            }
            return null;
        }
    }

    /** A thread gave its connection back; the entry is what the method got, or else itself. */
    static final class Returned extends Probe {
        private final Pools pools;

        Returned(Pools pools) {
            this.pools = pools;
        }

        @Override
        public @Nullable Object enter(@Nullable Object itself, @Nullable Object entry, @Nullable Object b) {
            Object returned = entry == null ? itself : entry;
            if (returned != null) {
                pools.use().returned(returned, pools.recorder.nanos());
            }
            return null;
        }
    }
}
