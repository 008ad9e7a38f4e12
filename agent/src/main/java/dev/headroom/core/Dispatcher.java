package dev.headroom.core;

import dev.headroom.core.hook.Probe;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntFunction;
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

    /** Woven code begins to talk to this. */
    void open() {
        HeadroomBridge.live = this;
    }

    /** Woven code does nothing again. */
    void close() {
        HeadroomBridge.live = HeadroomBridge.OFF;
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

    /** Failures so far, summed under a name that is given to each join point; those without any are left out. */
    Map<String, Long> failuresBy(IntFunction<String> name) {
        Map<String, Long> sums = new HashMap<>();
        for (int hook = 0; hook < probes.length; hook++) {
            if (failures.get(hook) > 0) {
                sums.merge(name.apply(hook), (long) failures.get(hook), Long::sum);
            }
        }
        return sums;
    }
}
