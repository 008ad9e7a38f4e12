package dev.headroom.dashboard.page.instances;

import dev.headroom.dashboard.operations.AgentCost;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.store.Instance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one agent cost, in words.
 *
 * @param href shows its hooks, or hides them when they are shown
 * @param over whether it cost more than its budget in its newest window
 * @param reason why its detail is not all; null when it is
 * @param facts label and value, for the open line
 * @param hooks for the open line; empty when it is not open
 */
public record CostLine(
        String service,
        String host,
        String instance,
        String href,
        boolean open,
        String cpu,
        boolean over,
        String exporter,
        String perCall,
        String sent,
        String heap,
        String start,
        String detail,
        @Nullable String reason,
        List<Fact> facts,
        List<Hook> hooks) {
    /** A figure with its name. */
    public record Fact(String label, String value) {}

    /**
     * A hook in words.
     *
     * @param state on, or off with the reason
     * @param well whether it does all it is there for
     */
    public record Hook(
            String name,
            String calls,
            String mean,
            String share,
            String weave,
            long failures,
            String state,
            boolean well) {}

    static CostLine of(Frame frame, Instance instance, AgentCost cost) {
        boolean open = instance.instance().equals(frame.parameters().get("open"));
        Double share = cost.share();
        Double budget = cost.budget();
        String detail = cost.detail();
        return new CostLine(
                instance.service(),
                InstancesPage.place(instance),
                instance.instance(),
                open ? frame.here("open", "") : frame.here("open", instance.instance()) + "#open",
                open,
                percent(cost.cpuPercent()),
                share != null && budget != null && share > budget,
                percent(cost.exporterPercent()),
                Figures.number(cost.nanosPerCall()),
                perSecond(cost.bytesPerSecond()),
                Figures.bytes(cost.heapBytes()),
                Figures.number(cost.startMs()),
                detail == null ? Figures.NONE : detail,
                cost.reason(),
                open ? facts(cost) : List.of(),
                open ? cost.hooks().stream().map(CostLine::hook).toList() : List.of());
    }

    private static List<Fact> facts(AgentCost cost) {
        return List.of(
                new Fact(
                        "of the processors",
                        Figures.percent(cost.share()) + " in the newest window, " + Figures.percent(cost.budget())
                                + " allowed"),
                new Fact("classes", Figures.bytes(cost.metaspaceBytes()) + " of metaspace, estimated"),
                new Fact("allocated by its thread", perSecond(cost.allocatedBytesPerSecond())),
                new Fact("weaving since the start", Figures.duration(cost.weaveMs())));
    }

    private static Hook hook(AgentCost.Hook hook) {
        String state = hook.givenUp() ? "off, it failed" : hook.on() ? "on" : "off, ordered";
        return new Hook(
                hook.name(),
                Figures.count(hook.calls()),
                Figures.number(hook.nanosPerCall()),
                Figures.percent(hook.share()),
                Figures.number(hook.weaveMs()),
                hook.failures(),
                state,
                state.equals("on"));
    }

    private static String percent(@Nullable Double percent) {
        return percent == null ? Figures.NONE : Figures.number(percent) + " %";
    }

    private static String perSecond(@Nullable Double bytes) {
        return bytes == null ? Figures.NONE : Figures.bytes(bytes) + "/s";
    }
}
