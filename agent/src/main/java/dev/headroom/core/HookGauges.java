package dev.headroom.core;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Gauges;

/** Says with every window which hooks were switched off because they failed. */
final class HookGauges implements Gauges {
    private final Dispatcher dispatcher;

    HookGauges(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public void read(Sink sink) {
        for (String hook : dispatcher.givenUpByHook().keySet()) {
            sink.value(Metric.AGENT_HOOK_OFF, Attributes.of(Attribute.HOOK, hook), 1);
        }
    }
}
