package dev.headroom.coverage;

import dev.headroom.harness.MetricsSink;
import dev.headroom.otlp.ResourceMetrics;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs a cell: the scenario with the agent, whose measurements have to be what the scenario states, then without it, where the
 * application has to see the same and its back end to do the same work. Thread-safe.
 */
final class CellRun {
    static final Path AGENT =
            Path.of("..", "target", "headroom-agent.jar").toAbsolutePath().normalize();

    private static final long LIMIT_SECONDS = 120;
    private static final List<String> JVM = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final Pattern PORT = Pattern.compile("(//[^/:?]+:)(\\d+)");

    private final MavenJars jars;
    private final BackEnds backEnds;
    private final Scenario scenario = new Scenario();

    CellRun(MavenJars jars, BackEnds backEnds) {
        this.jars = jars;
        this.backEnds = backEnds;
    }

    List<Path> jars(Cell cell) {
        return jars.withDependencies(
                cell.library().coordinates(cell.version(), cell.run().with()));
    }

    /** @throws AssertionError that begins with the cell's name and tells everything that is wrong with it */
    void check(Cell cell) throws Exception {
        String name = cell.run().backEnd();
        BackEnd backEnd = name == null ? null : backEnds.lease(name);
        try {
            check(cell, backEnd);
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(cell + ": " + wrong.getMessage(), wrong);
        } finally {
            if (backEnd != null) {
                backEnds.giveBack(name, backEnd);
            }
        }
    }

    private void check(Cell cell, BackEnd backEnd) throws Exception {
        List<Path> libraries = jars(cell);
        Path classes = scenario.compile(cell.run().scenario(), libraries);
        List<Path> classPath = new ArrayList<>(List.of(classes));
        classPath.addAll(libraries);
        List<String> complaints = new ArrayList<>();

        Outcome with;
        try (MetricsSink sink = new MetricsSink()) {
            with = run(cell, backEnd, classPath, sink);
            List<ResourceMetrics> received = sink.received();
            if (with.exitCode != 0) {
                throw new AssertionError("ends with " + with.exitCode + ":\n" + with.output + with.errors);
            }
            for (Expectation each : Expectation.parse(with.expectations)) {
                each.check(received, complaints);
                each.checkExamples(sink.logs(), complaints);
            }
            new Expectation("none", "headroom.agent.hook.failures", "0", List.of()).check(received, complaints);
            new Expectation("none", "headroom.agent.dropped", "0", List.of()).check(received, complaints);
        }
        with.errors.lines().filter(line -> line.startsWith("Headroom: ")).forEach(complaints::add);

        Outcome without = run(cell, backEnd, classPath, null);
        if (without.exitCode != 0) {
            complaints.add("without the agent ends with " + without.exitCode + ":\n" + without.output + without.errors);
        }
        if (!with.output.equals(without.output)) {
            complaints.add("the application sees with the agent:\n" + with.output + "and without:\n" + without.output);
        }
        if (!with.work.equals(without.work)) {
            complaints.add("the back end's work differs: " + differences(with.work, without.work));
        }
        if (!complaints.isEmpty()) {
            throw new AssertionError(String.join("\n", complaints));
        }
    }

    private static String differences(Map<String, Long> with, Map<String, Long> without) {
        Map<String, String> differences = new TreeMap<>();
        with.forEach((what, count) -> {
            if (!count.equals(without.get(what))) {
                differences.put(what, count + " with the agent, " + without.getOrDefault(what, 0L) + " without");
            }
        });
        without.forEach((what, count) -> {
            if (!with.containsKey(what)) {
                differences.put(what, "0 with the agent, " + count + " without");
            }
        });
        return differences.toString();
    }

    private record Outcome(int exitCode, String output, String errors, String expectations, Map<String, Long> work) {}

    private static Outcome run(Cell cell, BackEnd backEnd, List<Path> classPath, MetricsSink sink) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "cells")), "cell");
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        Path expect = folder.resolve("expect.txt");
        List<DelayProxy> proxies = new ArrayList<>();
        try {
            List<String> command = new ArrayList<>();
            command.add(cell.jdk().home().resolve("bin").resolve("java").toString());
            command.addAll(JVM);
            command.addAll(cell.run().options());
            command.add("-Dheadroom.test.expect=" + expect.toAbsolutePath());
            cell.run()
                    .properties()
                    .forEach(
                            (key, value) -> command.add("-D" + key + "=" + value.replace("{version}", cell.version())));
            if (backEnd != null) {
                properties(backEnd, proxies).forEach((key, value) -> command.add("-D" + key + "=" + value));
            }
            if (sink != null) {
                command.add("-D" + MetricsSink.ENDPOINT + "=" + sink.endpoint());
                command.add("-javaagent:" + AGENT + "=endpoint=" + sink.endpoint()
                        + ",export.interval=200ms,cost.budget=100%,trace.propagate=true,service.name=scenario");
            }
            command.add("-cp");
            command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
            command.add("Main");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().keySet().removeIf(each -> each.startsWith("HEADROOM_") || each.startsWith("OTEL_"));
            Process process = builder.start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            String said = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended) {
                throw new AssertionError("did not end in " + LIMIT_SECONDS + " s:\n" + said + Files.readString(errors));
            }
            return new Outcome(
                    process.exitValue(),
                    said,
                    Files.readString(errors, StandardCharsets.UTF_8),
                    Files.exists(expect) ? Files.readString(expect, StandardCharsets.UTF_8) : "",
                    backEnd == null ? Map.of() : backEnd.work());
        } finally {
            for (DelayProxy proxy : proxies) {
                proxy.close();
            }
            Folders.delete(folder);
        }
    }

    /** Where the back end is, and where it is 200 ms late. */
    private static Map<String, String> properties(BackEnd backEnd, List<DelayProxy> proxies) throws Exception {
        Map<String, String> properties = new TreeMap<>(backEnd.fresh());
        for (Map.Entry<String, String> each : Map.copyOf(properties).entrySet()) {
            String key = each.getKey();
            String value = each.getValue();
            Matcher port = PORT.matcher(value);
            if (key.endsWith(".port")) {
                proxies.add(new DelayProxy(Integer.parseInt(value)));
                properties.put(
                        key.replaceFirst("port$", "slow.port"),
                        Integer.toString(last(proxies).port()));
            } else if (key.endsWith(".url") && port.find()) {
                proxies.add(new DelayProxy(Integer.parseInt(port.group(2))));
                properties.put(
                        key.replaceFirst("url$", "slow.url"),
                        port.replaceFirst("$1" + last(proxies).port()));
            }
        }
        return properties;
    }

    private static DelayProxy last(List<DelayProxy> proxies) {
        return proxies.get(proxies.size() - 1);
    }
}
