package dev.headroom.core.hook.pool;

import dev.headroom.core.record.Gauges;
import dev.headroom.core.record.Recorder;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The pools of one library, found by identity. Thread-safe; finding a known pool allocates nothing and takes no lock. */
final class Pools {
    /** What more pools do goes unmeasured: a program that makes pools without end has other troubles. */
    static final int MAX_POOLS = 200;

    final Recorder recorder;
    final PoolLibrary library;
    private final AtomicReference<Pool[]> known = new AtomicReference<>(new Pool[0]);
    private final PoolUse use;

    /** @param hook name of the hook, which may be switched off */
    Pools(String hook, PoolLibrary library, Recorder recorder) {
        this.recorder = recorder;
        this.library = library;
        this.use = new PoolUse(recorder);
        recorder.gauges(new Gauges() {
            @Override
            public void read(Sink sink) {
                remove(null);
                use.purge();
                if (recorder.switches().begins(hook)) {
                    PoolGauges.read(library, known(), sink);
                    use.readLeaked(recorder.nanos(), sink);
                }
            }
        });
        recorder.switches().whenOff(hook, new Runnable() {
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

    /**
     * The pool, made known when it is not yet; null beyond the cap.
     *
     * @param name null: the library is asked for it
     */
    @Nullable
    Pool of(Object pool, @Nullable Object name, @Nullable Object config) {
        Pool found = find(pool);
        return found == null ? add(pool, name instanceof String ? (String) name : null, config) : found;
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

    /** Whether it is a pool of this library. */
    boolean knows(Pool pool) {
        for (Pool each : known()) {
            if (each == pool) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Pool add(Object pool, @Nullable String name, @Nullable Object config) {
        Pool created = new Pool(pool, config, name == null ? library.name(pool, config) : name, recorder);
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
