package dev.headroom.core.cost;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.control.Detail;
import dev.headroom.core.control.Switches;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Clock;
import dev.headroom.core.record.Gauges;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says with every window what the agent cost in it, and keeps it within the budget: what hooks took on the application's threads,
 * estimated, and what the agent's own thread took. Weaving is told elsewhere and is not in it: it is done once for each class, and
 * no lower detail would undo it.
 *
 * <p>For the agent's thread only.
 */
public final class AgentCost implements Gauges {
    private static final double NANOS_PER_SECOND = 1e9;

    private final ProbeMeter meter;
    private final Switches switches;
    private final Governor governor;
    private final Clock clock;
    private final Consumer<String> log;
    private final ClockCost clockCost = new ClockCost(System::nanoTime);
    private final OwnThread thread = new OwnThread();
    private final @Nullable OwnClasses classes;
    private final Map<String, Attributes> attributes = new HashMap<>();
    private long readAtNanos;
    private Detail sampledAt = Detail.ALL;

    /**
     * @param budget share of the processors' time
     * @param instrumentation null where there is none: the classes are not counted then
     * @param log takes one line for each change of detail
     */
    public AgentCost(
            ProbeMeter meter,
            Switches switches,
            double budget,
            Clock clock,
            @Nullable Instrumentation instrumentation,
            Consumer<String> log) {
        this.meter = meter;
        this.switches = switches;
        this.governor = new Governor(budget);
        this.clock = clock;
        this.log = log;
        this.classes = instrumentation == null ? null : new OwnClasses(instrumentation);
        this.readAtNanos = clock.nanos();
    }

    @Override
    public void read(Sink sink) {
        double nanos = hooks(sink);
        long ownNanos = thread.cpuNanos();
        nanos += ownNanos;
        sink.value(Metric.AGENT_CPU, Attributes.NONE, ownNanos / NANOS_PER_SECOND);
        sink.value(Metric.AGENT_ALLOCATED, Attributes.NONE, (double) thread.allocatedBytes());
        if (classes != null) {
            sink.value(Metric.AGENT_METASPACE, Attributes.NONE, (double) classes.metaspaceBytes());
        }
        long now = clock.nanos();
        long elapsed = now - readAtNanos;
        readAtNanos = now;
        if (elapsed > 0) {
            double share = nanos / elapsed / Runtime.getRuntime().availableProcessors();
            sink.value(Metric.AGENT_COST, Attributes.NONE, share);
            sink.value(Metric.AGENT_COST_BUDGET, Attributes.NONE, governor.budget());
            govern(share);
        }
        if (switches.detail() != sampledAt) {
            sampledAt = switches.detail();
            meter.forget();
        }
    }

    /** Nanoseconds on the application's threads. */
    private double hooks(Sink sink) {
        double nanos = 0;
        for (HookCost cost : meter.drain(clockCost.nanos())) {
            Attributes hook = attributes.computeIfAbsent(cost.hook(), name -> Attributes.of(Attribute.HOOK, name));
            sink.value(Metric.AGENT_HOOK_CALLS, hook, (double) cost.calls());
            sink.value(Metric.AGENT_HOOK_TIME, hook, cost.nanos() / NANOS_PER_SECOND);
            nanos += cost.nanos();
        }
        return nanos;
    }

    private void govern(double share) {
        if (!switches.governable()) {
            return;
        }
        Detail before = switches.governed();
        Detail after = governor.window(share);
        if (after != before) {
            switches.govern(after);
            log.accept((after.compareTo(before) > 0
                            ? "costs " + percent(governor.judged()) + " of the processors, more than its budget of "
                                    + percent(governor.budget())
                            : "costs little again")
                    + ": detail is now " + after.word() + ", it was " + before.word());
        }
    }

    private static String percent(double share) {
        return Math.round(share * 1e5) / 1e3 + " %";
    }
}
