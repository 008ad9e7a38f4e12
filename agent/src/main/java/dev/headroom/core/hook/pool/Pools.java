package dev.headroom.core.hook.pool;

import dev.headroom.core.record.Gauges;
import dev.headroom.core.record.Recorder;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The pools of this JVM, found by identity. Thread-safe; finding a known pool allocates nothing and takes no lock. */
final class Pools {
    /** What more pools do goes unmeasured: a program that makes pools without end has other troubles. */
    static final int MAX_POOLS = 200;

    private final Recorder recorder;
    private final AtomicReference<Pool[]> known = new AtomicReference<>(new Pool[0]);
    private final PoolUse use = new PoolUse();

    Pools(Recorder recorder) {
        this.recorder = recorder;
        recorder.gauges(new Gauges() {
            @Override
            public void read(Sink sink) {
                remove(null);
                use.purge();
                if (recorder.switches().begins(HikariHook.NAME)) {
                    PoolGauges.read(known(), sink);
                }
            }
        });
        recorder.switches().whenOff(HikariHook.NAME, new Runnable() {
            @Override
            public void run() {
                forget();
            }
        });
    }

    /** What is given back or closed while nobody looks would stay in use for ever. Pools are met again when they are used. */
    private void forget() {
        known.set(new Pool[0]);
        use.forget();
    }

    private Pool[] known() {
        return Objects.requireNonNull(known.get());
    }

    PoolUse use() {
        return use;
    }

    /** The pool, made known when it is not yet; null beyond the cap. */
    @Nullable
    Pool of(Object pool, String name, Object config) {
        Pool found = find(pool);
        return found == null ? add(pool, name, config) : found;
    }

    /** The pool, or null when it is not known. */
    @Nullable
    Pool find(Object pool) {
        for (Pool each : known()) {
            if (each.itself() == pool) {
                return each;
            }
        }
        return null;
    }

    private @Nullable Pool add(Object pool, String name, Object config) {
        Pool created = new Pool(pool, config, name, recorder);
        while (true) {
            Pool other = find(pool);
            Pool[] before = known();
            if (other != null || before.length >= MAX_POOLS) {
                return other;
            }
            Pool[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = created;
            if (known.compareAndSet(before, after)) {
                return created;
            }
        }
    }

    /** Forgets the pool, or with null those that the application let go of. */
    void remove(@Nullable Object pool) {
        Pool[] before = known();
        Pool[] after = new Pool[before.length];
        int kept = 0;
        for (Pool each : before) {
            if (each.itself() != null && each.itself() != pool) {
                after[kept++] = each;
            }
        }
        if (kept < before.length && !known.compareAndSet(before, Arrays.copyOf(after, kept))) {
            remove(pool);
        }
    }
}
