package dev.headroom.harness;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.otlp.MetricPoint;
import dev.headroom.otlp.OtlpLogsReader.LogRecord;
import dev.headroom.otlp.ResourceMetrics;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A program in a JVM of its own, with the agent's jar or without.
 *
 * <pre>{@code
 * AgentRun.Result result = AgentRun.of(UseUrlConnection.class).withAgent().run(argument);
 * assertThat(result.count(Metric.HTTP_CLIENT_DURATION)).isEqualTo(3);
 * }</pre>
 *
 * The agent sends to a {@link MetricsSink}; the last window arrives before the JVM ends. The {@code with} methods return
 * changed copies.
 */
public final class AgentRun {
    /** Longest a program may take. */
    private static final long LIMIT_SECONDS = 120;

    private static final long DUMP_SECONDS = 10;

    private final String mainClass;
    private String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private String classPath = System.getProperty("java.class.path");
    private List<String> jvmOptions = List.of();
    private List<String> optionsAfterAgent = List.of();
    private Path agentJar = jar();
    private String agentArguments;
    private boolean agent;
    private Map<String, String> environment = Map.of();
    private List<String> unset = List.of();
    private Path folder;
    private long limitSeconds = LIMIT_SECONDS;

    private AgentRun(String mainClass) {
        this.mainClass = mainClass;
    }

    /** The class's main method, on this JVM's version and class path, without the agent. */
    public static AgentRun of(Class<?> main) {
        return of(main.getName());
    }

    public static AgentRun of(String mainClass) {
        return new AgentRun(mainClass);
    }

    /** The jar as built. */
    public static Path jar() {
        return Path.of(System.getProperty("user.dir"), "target", "headroom-agent.jar");
    }

    private AgentRun changed(Consumer<AgentRun> change) {
        AgentRun copy = new AgentRun(mainClass);
        copy.java = java;
        copy.classPath = classPath;
        copy.jvmOptions = jvmOptions;
        copy.optionsAfterAgent = optionsAfterAgent;
        copy.agentJar = agentJar;
        copy.agentArguments = agentArguments;
        copy.agent = agent;
        copy.environment = environment;
        copy.unset = unset;
        copy.folder = folder;
        copy.limitSeconds = limitSeconds;
        change.accept(copy);
        return copy;
    }

    /** With the agent, sending to the run's own sink every 200 ms. */
    public AgentRun withAgent() {
        return changed(run -> {
            run.agent = true;
            run.agentArguments = null;
        });
    }

    /** With the agent and exactly these arguments, which the caller points to where they should go. */
    public AgentRun withAgent(String arguments) {
        return changed(run -> {
            run.agent = true;
            run.agentArguments = arguments;
        });
    }

    /** The agent from this copy of its jar. */
    public AgentRun withAgentJar(Path copy) {
        return changed(run -> run.agentJar = copy);
    }

    /** These jars before the class path. */
    public AgentRun withJars(List<Path> jars) {
        StringBuilder path = new StringBuilder();
        jars.forEach(jar -> path.append(jar).append(File.pathSeparator));
        return withClassPath(path + classPath);
    }

    public AgentRun withClassPath(String path) {
        return changed(run -> run.classPath = path);
    }

    public AgentRun withJvmOptions(String... options) {
        return changed(run -> run.jvmOptions = List.of(options));
    }

    /** Options that stand behind the agent, such as another agent. */
    public AgentRun withOptionsAfterAgent(String... options) {
        return changed(run -> run.optionsAfterAgent = List.of(options));
    }

    public AgentRun withEnvironment(Map<String, String> variables) {
        return changed(run -> run.environment = variables);
    }

    public AgentRun withoutEnvironment(String... names) {
        return changed(run -> run.unset = List.of(names));
    }

    /** Run in that folder; the class path must not be relative then. */
    public AgentRun withFolder(Path workingDirectory) {
        return changed(run -> run.folder = workingDirectory);
    }

    /** Longest the program may take; beyond, it fails with a thread dump. */
    public AgentRun withLimitSeconds(long seconds) {
        return changed(run -> run.limitSeconds = seconds);
    }

    /** On the JVM of that home folder. */
    public AgentRun withJavaHome(Path home) {
        return changed(run -> run.java = home.resolve("bin").resolve("java").toString());
    }

    /** Runs to the end. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        try (MetricsSink sink = new MetricsSink()) {
            Path output = Files.createTempFile("headroom-run", ".out");
            Path errors = Files.createTempFile("headroom-run", ".err");
            try {
                Process process = builder(sink.endpoint(), arguments)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
                if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                    String threads = threads(process);
                    process.destroyForcibly().waitFor();
                    throw new AssertionError(mainClass + " did not end in " + limitSeconds + " s: "
                            + Files.readString(output) + Files.readString(errors) + threads);
                }
                return new Result(
                        process.exitValue(),
                        Files.readString(output, StandardCharsets.UTF_8),
                        Files.readString(errors, StandardCharsets.UTF_8),
                        sink.received(),
                        sink.logs(),
                        sink.bytes());
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        }
    }

    /** What every thread of the program is doing. */
    private static String threads(Process process) throws IOException, InterruptedException {
        Path dump = Files.createTempFile("headroom-run", ".threads");
        try {
            Process asking = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            "Thread.print")
                    .redirectErrorStream(true)
                    .redirectOutput(dump.toFile())
                    .start();
            if (!asking.waitFor(DUMP_SECONDS, TimeUnit.SECONDS)) {
                asking.destroyForcibly().waitFor();
            }
            return Arrays.stream(Files.readString(dump).split("\n\n"))
                    .filter(thread -> thread.contains("\tat ")
                            && !thread.matches("(?s)\"(Reference Handler|Finalizer|Common-Cleaner)\".*"))
                    .collect(Collectors.joining("\n\n"));
        } finally {
            Files.delete(dump);
        }
    }

    private ProcessBuilder builder(String endpoint, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(jvmOptions);
        if (agent) {
            command.add("-D" + MetricsSink.ENDPOINT + "=" + endpoint);
            String given = agentArguments != null
                    ? agentArguments
                    : "endpoint=" + endpoint + ",export.interval=200ms,cost.budget=100%,service.name=under-test";
            command.add("-javaagent:" + agentJar + (given.isEmpty() ? "" : "=" + given));
        }
        command.addAll(optionsAfterAgent);
        command.add("-cp");
        command.add(agent ? withoutAgentClasses(classPath) : classPath);
        command.add(mainClass);
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("HEADROOM_") || name.startsWith("OTEL_"));
        builder.environment().putAll(environment);
        builder.environment().keySet().removeAll(unset);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        return builder;
    }

    /** The agent's classes must come from its jar. */
    private static String withoutAgentClasses(String path) {
        String classes =
                Path.of(System.getProperty("user.dir"), "target", "classes").toString();
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(element -> !element.equals(classes))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** How it ended, what it wrote and what its agent sent. */
    public record Result(
            int exitCode,
            String output,
            String errors,
            List<ResourceMetrics> received,
            List<LogRecord> examples,
            List<byte[]> bytes) {
        /** All points of the metric whose attributes include these. */
        public List<MetricPoint> points(Metric metric, Map<Attribute, String> attributes) {
            return received.stream()
                    .flatMap(resource -> resource.points().stream())
                    .filter(point -> point.metric().equals(metric.metricName()))
                    .filter(point -> attributes.entrySet().stream()
                            .allMatch(each -> each.getValue()
                                    .equals(point.attributes().get(each.getKey().key()))))
                    .toList();
        }

        public List<MetricPoint> points(Metric metric) {
            return points(metric, Map.of());
        }

        /** Durations of the metric in all windows and series. */
        public long count(Metric metric) {
            return count(metric, Map.of());
        }

        public long count(Metric metric, Map<Attribute, String> attributes) {
            return points(metric, attributes).stream()
                    .mapToLong(point -> point.exponential().count())
                    .sum();
        }

        /** Sum of a counter over all windows and series. */
        public double value(Metric metric, Map<Attribute, String> attributes) {
            return points(metric, attributes).stream()
                    .mapToDouble(MetricPoint::value)
                    .sum();
        }
    }
}
