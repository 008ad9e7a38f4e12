package dev.headroom.dashboard.page.instances;

import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import dev.headroom.dashboard.store.Instance;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Every JVM that reported within the retention, newest report first. */
public record InstancesPage(List<Row> rows) {
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

    static InstancesPage of(Frame frame, List<Instance> instances) {
        return new InstancesPage(instances.stream()
                .sorted(Comparator.comparing(Instance::lastReport).reversed())
                .map(instance -> row(frame, instance))
                .toList());
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
