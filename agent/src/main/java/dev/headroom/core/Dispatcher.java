package dev.headroom.core;

import dev.headroom.core.control.Switches;
import dev.headroom.core.cost.ProbeMeter;
import dev.headroom.core.hook.Probe;
import dev.headroom.core.record.CallStack;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one object that woven code talks to: hook number to probe. Whatever a probe throws ends here, and what it left open
 * on its thread is forgotten. After {@link #MAX_FAILURES} of its probes together, and while it or the whole agent is switched off, a
 * hook begins nothing more; what it had begun is still ended.
 * Thread-safe.
 */
final class Dispatcher extends HeadroomBridge implements Runnable {
    static final int MAX_FAILURES = 10;

    private final Probe[] probes;
    private final IntFunction<String> hookName;
    private final Switches switches;
    /** By join point, the number of its hook. */
    private final int[] owners;

    private final AtomicIntegerArray failures;
    private final ProbeMeter meter;
    private final Object choosing = new Object();
    /** The probes of the join points that may begin something, null in place of the others. */
    private volatile @Nullable Probe[] beginning;

    /** @param hookName the hook to which a join point belongs, for the switches */
    Dispatcher(Probe[] probes, IntFunction<String> hookName, Switches switches) {
        this.meter = new ProbeMeter(probes.length, hookName);
        this.probes = probes;
        this.hookName = hookName;
        this.switches = switches;
        this.owners = owners(probes.length, hookName);
        this.failures = new AtomicIntegerArray(probes.length);
        this.beginning = probes.clone();
        switches.onChange(this);
        run();
    }

    private static int[] owners(int joinPoints, IntFunction<String> hookName) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] owners = new int[joinPoints];
        for (int joinPoint = 0; joinPoint < joinPoints; joinPoint++) {
            owners[joinPoint] = numbers.computeIfAbsent(hookName.apply(joinPoint), name -> numbers.size());
        }
        return owners;
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
        if (meter.count(hook)) {
            return timedEnter(hook, probe, self, a, b);
        }
        try {
            return probe.enter(self, a, b);
        } catch (Throwable failure) {
            failed(hook);
            return null;
        }
    }

    private @Nullable Object timedEnter(
            int hook, Probe probe, @Nullable Object self, @Nullable Object a, @Nullable Object b) {
        @Nullable Object token = null;
        long begin = System.nanoTime();
        try {
            token = probe.enter(self, a, b);
        } catch (Throwable failure) {
            failed(hook);
        }
        try {
            // A token handed in is that of an earlier call, whose exit is not this one's.
            meter.entered(hook, System.nanoTime() - begin, token == self ? null : token);
        } catch (Throwable ignored) {
            // a stack without room for it: the call goes on, for its token must be ended
        }
        return token;
    }

    @Override
    public void exit(int hook, Object token, @Nullable Object result, @Nullable Throwable thrown) {
        if (meter.awaits(token)) {
            long begin = System.nanoTime();
            end(hook, token, result, thrown);
            try {
                meter.left(token, System.nanoTime() - begin);
            } catch (Throwable ignored) {
                // a stack without room for it: this sample is missing
            }
        } else {
            end(hook, token, result, thrown);
        }
    }

    private void end(int hook, Object token, @Nullable Object result, @Nullable Throwable thrown) {
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

    /**
     * Of the first things to need stack and heap, the one that matters most comes first: what is left open on the thread would keep
     * its calls from being counted for ever. It needs no more stack than the probe did to open it.
     */
    private void failed(int joinPoint) {
        CallStack.current().abandon();
        if (failures.incrementAndGet(owners[joinPoint]) >= MAX_FAILURES) {
            giveUp(owners[joinPoint]);
        }
    }

    /** In place: this may be the thread that just ran out of memory. */
    private void giveUp(int owner) {
        @Nullable Probe[] off = beginning;
        for (int joinPoint = 0; joinPoint < off.length; joinPoint++) {
            if (owners[joinPoint] == owner) {
                off[joinPoint] = null;
            }
        }
    }

    /** Chooses anew who may begin: to be told when a switch was turned or a hook was made. */
    @Override
    public void run() {
        synchronized (choosing) {
            @Nullable Probe[] chosen = new Probe[probes.length];
            for (int hook = 0; hook < probes.length; hook++) {
                if (!givenUp(hook) && switches.begins(hookName.apply(hook))) {
                    chosen[hook] = probes[hook];
                }
            }
            beginning = chosen;
        }
    }

    private boolean givenUp(int joinPoint) {
        return failures.get(owners[joinPoint]) >= MAX_FAILURES;
    }

    /** What the probes take. */
    ProbeMeter meter() {
        return meter;
    }

    /** Failures so far of the hook to which a join point belongs. */
    int failures(int joinPoint) {
        return failures.get(owners[joinPoint]);
    }

    /** Failures so far by hook; those without any are left out. */
    Map<String, Long> failuresByHook() {
        Map<String, Long> sums = new HashMap<>();
        for (int joinPoint = 0; joinPoint < probes.length; joinPoint++) {
            if (failures(joinPoint) > 0) {
                sums.put(hookName.apply(joinPoint), (long) failures(joinPoint));
            }
        }
        return sums;
    }

    /** Join points that begin nothing more, counted by the hook that failed too often; hooks without any are left out. */
    Map<String, Integer> givenUpByHook() {
        Map<String, Integer> sums = new HashMap<>();
        for (int joinPoint = 0; joinPoint < probes.length; joinPoint++) {
            if (givenUp(joinPoint)) {
                sums.merge(hookName.apply(joinPoint), 1, Integer::sum);
            }
        }
        return sums;
    }
}
