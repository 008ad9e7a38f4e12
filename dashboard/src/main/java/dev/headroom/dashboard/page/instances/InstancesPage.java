package dev.headroom.dashboard.page.instances;

import dev.headroom.dashboard.control.AgentState;
import dev.headroom.dashboard.control.DetailLevel;
import dev.headroom.dashboard.control.Order;
import dev.headroom.dashboard.operations.AgentCost;
import dev.headroom.dashboard.operations.AgentDelivery;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.store.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every JVM that reported within the retention, newest report first.
 *
 * @param restarts how many JVMs began where another had ended, in words; empty when none did
 * @param costs of those whose agent told its cost in the chosen time, the dearest first
 * @param series how full each service's series are, the fullest first
 * @param problem what is wrong with the order just given, or empty
 */
public record InstancesPage(
        List<Row> rows,
        String restarts,
        List<CostLine> costs,
        List<OrderPanel> panels,
        List<SeriesLine> series,
        String problem) {
    /**
     * A JVM.
     *
     * @param reporting whether its last report is younger than three flushes
     * @param state reporting, silent, ended, or ended without goodbye
     * @param sequence windows stored of those expected
     * @param merged windows that came within a longer one, or late
     * @param dropped what its agent gave up in the chosen time, or empty
     * @param clock how far its clock is from the dashboard's
     * @param clockOff whether that is more than a window
     * @param detail how much its agent does, and who wants it so
     * @param hooksOff hooks that are off, and why
     * @param waiting the order that it has not obeyed yet, or empty
     */
    public record Row(
            String service,
            String instance,
            String host,
            String runtime,
            String version,
            String agent,
            String age,
            boolean reporting,
            String state,
            String since,
            String sequence,
            long gaps,
            String duplicates,
            String merged,
            String dropped,
            String clock,
            boolean clockOff,
            String detail,
            String hooksOff,
            String waiting) {}

    static List<CostLine> costLines(Frame frame, List<Instance> instances, Map<String, AgentCost> costs) {
        record Told(Instance instance, AgentCost cost) {
            double cpu() {
                Double percent = cost.cpuPercent();
                return percent == null ? 0 : percent;
            }
        }
        List<Told> told = new ArrayList<>();
        for (Instance instance : instances) {
            AgentCost cost = costs.get(instance.instance());
            if (cost != null) {
                told.add(new Told(instance, cost));
            }
        }
        told.sort(Comparator.comparingDouble(Told::cpu).reversed());
        return told.stream()
                .map(one -> CostLine.of(frame, one.instance, one.cost))
                .toList();
    }

    /** Where the JVM runs, such as "web-1 · pid 4711". */
    static String place(Instance instance) {
        String pid = text(instance, "process.pid");
        return text(instance, "host.name") + (pid.equals(Figures.NONE) ? "" : " · pid " + pid);
    }

    /**
     * @param order what holds for the JVM; null: nothing was ordered
     * @param delivery what came of it; null for senders without numbers
     */
    static Row row(
            Frame frame,
            Instance instance,
            @Nullable AgentState state,
            @Nullable Order order,
            @Nullable AgentDelivery delivery) {
        Duration age = Duration.between(instance.lastReport(), frame.now());
        boolean reporting = frame.fresh(instance) && !DeliveryWords.ended(delivery);
        return new Row(
                instance.service(),
                instance.instance(),
                place(instance),
                text(instance, "process.runtime.version"),
                text(instance, "service.version"),
                agent(instance),
                Figures.age(age),
                reporting,
                DeliveryWords.state(reporting, delivery),
                Figures.span(instance.firstReport(), instance.lastReport()).split(" – ", 2)[0],
                DeliveryWords.received(instance, delivery),
                instance.gaps(),
                Figures.count(instance.duplicates()),
                DeliveryWords.merged(delivery),
                DeliveryWords.dropped(delivery),
                DeliveryWords.clock(delivery),
                DeliveryWords.clockOff(delivery),
                state == null ? Figures.NONE : detail(state),
                state == null ? Figures.NONE : hooksOff(state),
                state == null || !reporting || state.obeys(order) ? "" : waiting(order));
    }

    private static String detail(AgentState state) {
        if (state.governed() == DetailLevel.ALL || state.effective() != state.governed()) {
            return state.effective().title();
        }
        return state.effective().title() + ", by itself: it cost too much";
    }

    private static String hooksOff(AgentState state) {
        List<String> off = new ArrayList<>(state.hooksOff());
        state.failed().forEach(hook -> off.add(hook + " (failed)"));
        return off.isEmpty() ? "none" : String.join(", ", off);
    }

    private static String waiting(@Nullable Order order) {
        return (order == null ? DetailLevel.ALL.title() : OrderPanel.what(order)) + ": not yet obeyed";
    }

    private static String agent(Instance instance) {
        String name = instance.resource().get("telemetry.distro.name");
        return name != null
                ? name + " " + text(instance, "telemetry.distro.version")
                : text(instance, "telemetry.sdk.name") + " SDK";
    }

    private static String text(Instance instance, String attribute) {
        return instance.resource().getOrDefault(attribute, Figures.NONE);
    }
}
