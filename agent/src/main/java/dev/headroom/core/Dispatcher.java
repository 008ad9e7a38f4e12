package dev.headroom.core;

import dev.headroom.core.control.Switches;
import dev.headroom.core.hook.Probe;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one object that woven code talks to: hook number to probe. Whatever a probe throws ends here; after {@link #MAX_FAILURES},
 * and while its hook or the whole agent is switched off, a join point begins nothing more; what it had begun is still ended.
 * Thread-safe.
 */
final class Dispatcher extends HeadroomBridge {
    static final int MAX_FAILURES = 10;

    private final Probe[] probes;
    private final IntFunction<String> hookName;
    private final Switches switches;
    private final AtomicIntegerArray failures;
    /** The probes of the join points that may begin something, null in place of the others. Replaced, never changed. */
    private volatile @Nullable Probe[] beginning;

    /** @param hookName the hook to which a join point belongs, for the switches */
    Dispatcher(Probe[] probes, IntFunction<String> hookName, Switches switches) {
        this.probes = probes;
        this.hookName = hookName;
        this.switches = switches;
        this.failures = new AtomicIntegerArray(probes.length);
        this.beginning = probes.clone();
        switches.onChange(this::choose);
        choose();
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
        Probe probe = beginning[hook];
        if (probe == null) {
            return null;
        }
        try {
            return probe.enter(self, a, b);
        } catch (Throwable failure) {
            failed(hook);
            return null;
        }
    }

    @Override
    public void exit(int hook, Object token, @Nullable Object result, @Nullable Throwable thrown) {
        try {
            probes[hook].exit(token, result, thrown);
        } catch (Throwable failure) {
            failed(hook);
        }
    }

    @Override
    public void mark(int hook, @Nullable Object self, long value) {
        Probe probe = beginning[hook];
        if (probe == null) {
            return;
        }
        try {
            probe.mark(self, value);
        } catch (Throwable failure) {
            failed(hook);
        }
    }

    private void failed(int hook) {
        if (failures.incrementAndGet(hook) == MAX_FAILURES) {
            choose();
        }
    }

    private synchronized void choose() {
        @Nullable Probe[] chosen = new Probe[probes.length];
        for (int hook = 0; hook < probes.length; hook++) {
            if (failures.get(hook) < MAX_FAILURES && switches.begins(hookName.apply(hook))) {
                chosen[hook] = probes[hook];
            }
        }
        beginning = chosen;
    }

    /** Failures of one join point so far. */
    int failures(int hook) {
        return failures.get(hook);
    }

    /** Failures so far by hook; those without any are left out. */
    Map<String, Long> failuresByHook() {
        Map<String, Long> sums = new HashMap<>();
        for (int hook = 0; hook < probes.length; hook++) {
            if (failures.get(hook) > 0) {
                sums.merge(hookName.apply(hook), (long) failures.get(hook), Long::sum);
            }
        }
        return sums;
    }

    /** Join points that failed too often and begin nothing more, counted by hook; hooks without any are left out. */
    Map<String, Integer> givenUpByHook() {
        Map<String, Integer> sums = new HashMap<>();
        for (int hook = 0; hook < probes.length; hook++) {
            if (failures.get(hook) >= MAX_FAILURES) {
                sums.merge(hookName.apply(hook), 1, Integer::sum);
            }
        }
        return sums;
    }
}
