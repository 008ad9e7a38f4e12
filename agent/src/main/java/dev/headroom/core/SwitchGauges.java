package dev.headroom.core;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.core.control.Switches;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Gauges;
import java.util.List;
import java.util.Map;

/**
 * What is on and off in this JVM, with every window: so the dashboard shows what was obeyed, not what was wished. For the agent's
 * thread only.
 */
final class SwitchGauges implements Gauges {
    private final Switches switches;
    private final List<String> hooks;

    /** @param hooks names of every hook that was made */
    SwitchGauges(Switches switches, List<String> hooks) {
        this.switches = switches;
        this.hooks = hooks;
    }

    @Override
    public void read(Sink sink) {
        detail(sink, "effective", switches.detail().level());
        detail(sink, "dashboard", switches.ordered().level());
        detail(sink, "governor", switches.governed().level());
        for (String hook : hooks) {
            boolean on = !switches.hooksOff().contains(hook);
            sink.value(Metric.AGENT_HOOK, Attributes.of(Attribute.HOOK, hook), on ? 1 : 0);
        }
        for (Map.Entry<String, Double> option : switches.options().entrySet()) {
            sink.value(Metric.AGENT_OPTION, Attributes.of(Attribute.OPTION, option.getKey()), option.getValue());
        }
    }

    private static void detail(Sink sink, String by, int level) {
        sink.value(Metric.AGENT_DETAIL, Attributes.of(Attribute.DETAIL_BY, by), level);
    }
}
