package dev.headroom.cost;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the agents that the harness knows by name are started; each sends, or keeps, what it does by default. */
final class KnownAgents {
    private KnownAgents() {}

    /** @param arguments more agent arguments, comma divided, or empty */
    static Agent headroom(Path jar, String arguments) {
        return new Agent(
                "Headroom",
                List.of("-javaagent:" + jar + "=service.name=library,endpoint={endpoint}"
                        + (arguments.isEmpty() ? "" : "," + arguments)));
    }

    /**
     * OpenTelemetry's as it comes, with traces, metrics and logs sent to the sink; the same with metrics only and no spans, which
     * is nearest to what Headroom does. Glowroot's without its collector, which Maven Central does not have: it is pointed to a port
     * where nobody listens, weaves and aggregates, and delivers nothing.
     */
    static List<Agent> compared(Path openTelemetry, Path glowroot) {
        List<Agent> agents = new ArrayList<>();
        List<String> sending = List.of(
                "-javaagent:" + openTelemetry,
                "-Dotel.service.name=library",
                "-Dotel.exporter.otlp.endpoint={endpoint}");
        agents.add(new Agent("OpenTelemetry", sending));
        List<String> metricsOnly = new ArrayList<>(sending);
        metricsOnly.addAll(List.of(
                "-Dotel.traces.sampler=always_off", "-Dotel.traces.exporter=none", "-Dotel.logs.exporter=none"));
        agents.add(new Agent("OpenTelemetry, metrics only", metricsOnly));
        agents.add(new Agent(
                "Glowroot",
                List.of(
                        "-javaagent:" + glowroot,
                        "-Dglowroot.collector.address=http://127.0.0.1:9",
                        "-Dglowroot.data.dir={folder}",
                        "-Dglowroot.log.dir={folder}",
                        "-Dglowroot.tmp.dir={folder}")));
        return agents;
    }
}
