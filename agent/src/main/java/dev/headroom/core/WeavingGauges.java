package dev.headroom.core;

import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Gauges;
import dev.headroom.core.weave.WeavingTransformer;

/** What weaving costs and has done, with every window. For the agent's thread only. */
final class WeavingGauges implements Gauges {
    private static final double NANOS_PER_SECOND = 1e9;

    private final WeavingTransformer transformer;
    private long sentNanos;

    WeavingGauges(WeavingTransformer transformer) {
        this.transformer = transformer;
    }

    @Override
    public void read(Sink sink) {
        sink.value(Metric.AGENT_WOVEN, Attributes.NONE, (double) transformer.woven());
        long nanos = transformer.nanos();
        if (nanos > sentNanos) {
            sink.value(Metric.AGENT_WEAVE_TIME, Attributes.NONE, (nanos - sentNanos) / NANOS_PER_SECOND);
            sentNanos = nanos;
        }
    }
}
