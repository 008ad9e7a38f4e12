package dev.headroom.core;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Gauges;
import dev.headroom.core.weave.WeavingTransformer;
import java.util.Map;

/** What the start and weaving cost and have done, with every window. For the agent's thread only. */
final class WeavingGauges implements Gauges {
    private static final double NANOS_PER_SECOND = 1e9;

    private final WeavingTransformer transformer;
    private volatile long startNanos;
    private long sentNanos;

    WeavingGauges(WeavingTransformer transformer) {
        this.transformer = transformer;
    }

    /** The agent has started and took so long. Before the first reading, on any thread. */
    void started(long nanos) {
        startNanos = nanos;
    }

    @Override
    public void read(Sink sink) {
        sink.value(Metric.AGENT_WOVEN, Attributes.NONE, (double) transformer.woven());
        long nanos = transformer.nanos();
        if (nanos > sentNanos) {
            sink.value(Metric.AGENT_WEAVE_TIME, Attributes.NONE, (nanos - sentNanos) / NANOS_PER_SECOND);
            sentNanos = nanos;
        }
        for (Map.Entry<String, Long> hook : transformer.nanosByHook().entrySet()) {
            sink.value(
                    Metric.AGENT_HOOK_WEAVE_TIME,
                    Attributes.of(Attribute.HOOK, hook.getKey()),
                    hook.getValue() / NANOS_PER_SECOND);
        }
        sink.value(Metric.AGENT_START_TIME, Attributes.NONE, startNanos / NANOS_PER_SECOND);
    }
}
