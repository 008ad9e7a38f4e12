package dev.headroom.dashboard.page.instances;

import dev.headroom.dashboard.operations.AgentCost;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.store.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Every JVM that reported within the retention, newest report first.
 *
 * @param costs of those whose agent told its cost in the chosen time, the dearest first
 */
public record InstancesPage(List<Row> rows, List<CostLine> costs) {
    /**
     * A JVM.
     *
     * @param reporting whether its last report is younger than three flushes
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
            String since,
            String sequence,
            long gaps,
            String duplicates) {}

    static InstancesPage of(Frame frame, List<Instance> instances, Map<String, AgentCost> costs) {
        List<Row> rows = instances.stream()
                .sorted(Comparator.comparing(Instance::lastReport).reversed())
                .map(instance -> row(frame, instance))
                .toList();
        return new InstancesPage(rows, costLines(frame, instances, costs));
    }

    private static List<CostLine> costLines(Frame frame, List<Instance> instances, Map<String, AgentCost> costs) {
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

    private static Row row(Frame frame, Instance instance) {
        Duration age = Duration.between(instance.lastReport(), frame.now());
        String pid = text(instance, "process.pid");
        return new Row(
                instance.service(),
                instance.instance(),
                text(instance, "host.name") + (pid.equals(Figures.NONE) ? "" : " · pid " + pid),
                text(instance, "process.runtime.version"),
                text(instance, "service.version"),
                agent(instance),
                Figures.age(age),
                frame.fresh(instance),
                Figures.span(instance.firstReport(), instance.lastReport()).split(" – ", 2)[0],
                Figures.count(instance.sequence()),
                instance.gaps(),
                Figures.count(instance.duplicates()));
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
