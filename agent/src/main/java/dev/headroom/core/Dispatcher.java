package dev.headroom.core;

import dev.headroom.core.hook.Probe;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * The one object that woven code talks to: hook number to probe. Whatever a probe throws ends here; after {@link #MAX_FAILURES}
 * a join point begins nothing more, and what it had begun is still ended. Thread-safe.
 */
final class Dispatcher extends HeadroomBridge {
    static final int MAX_FAILURES = 10;

    private final Probe[] probes;
    private final AtomicIntegerArray failures;

    Dispatcher(Probe[] probes) {
        this.probes = probes;
        this.failures = new AtomicIntegerArray(probes.length);
    }

    @Override
    public @Nullable Object enter(int hook, @Nullable Object self, @Nullable Object a, @Nullable Object b) {
        if (failures.get(hook) >= MAX_FAILURES) {
            return null;
        }
        try {
            return probes[hook].enter(self, a, b);
        } catch (Throwable failure) {
            failures.incrementAndGet(hook);
            return null;
        }
    }

    @Override
    public void exit(int hook, Object token, @Nullable Object result, @Nullable Throwable thrown) {
        try {
            probes[hook].exit(token, result, thrown);
        } catch (Throwable failure) {
            failures.incrementAndGet(hook);
        }
    }

    @Override
    public void mark(int hook, @Nullable Object self, long value) {
        if (failures.get(hook) >= MAX_FAILURES) {
            return;
        }
        try {
            probes[hook].mark(self, value);
        } catch (Throwable failure) {
            failures.incrementAndGet(hook);
        }
    }

    /** Failures of one join point so far. */
    int failures(int hook) {
        return failures.get(hook);
    }
}
