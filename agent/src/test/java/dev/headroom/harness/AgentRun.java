package dev.headroom.harness;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.otlp.MetricPoint;
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
import java.util.stream.Collectors;

/**
 * A program in a JVM of its own, with the agent's jar or without.
 *
 * <pre>{@code
 * AgentRun.Result result = AgentRun.of(UseUrlConnection.class).withAgent().run(argument);
 * assertThat(result.count(Metric.HTTP_CLIENT_DURATION)).isEqualTo(3);
 * }</pre>
 *
 * The agent sends to a {@link MetricsSink}; the last window arrives before the JVM ends. Immutable, the {@code with} methods return
 * changed copies.
 */
public final class AgentRun {
    /** Longest a program may take. */
    private static final long LIMIT_SECONDS = 120;

    private final String mainClass;
    private final String java;
    private final String classPath;
    private final List<String> jvmOptions;
    private final String agentArguments;
    private final boolean agent;
    private final Map<String, String> environment;

    private AgentRun(
            String mainClass,
            String java,
            String classPath,
            List<String> jvmOptions,
            String agentArguments,
            boolean agent,
            Map<String, String> environment) {
        this.mainClass = mainClass;
        this.java = java;
        this.classPath = classPath;
        this.jvmOptions = jvmOptions;
        this.agentArguments = agentArguments;
        this.agent = agent;
        this.environment = environment;
    }

    /** The class's main method, on this JVM's version and class path, without the agent. */
    public static AgentRun of(Class<?> main) {
        return of(main.getName());
    }

    public static AgentRun of(String mainClass) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new AgentRun(mainClass, java, System.getProperty("java.class.path"), List.of(), null, false, Map.of());
    }

    /** The jar as built. */
    public static Path jar() {
        return Path.of(System.getProperty("user.dir"), "target", "headroom-agent.jar");
    }

    /** With the agent, sending to the run's own sink every 200 ms. */
    public AgentRun withAgent() {
        return new AgentRun(mainClass, java, classPath, jvmOptions, null, true, environment);
    }

    /** With the agent and exactly these arguments, which the caller points to where they should go. */
    public AgentRun withAgent(String arguments) {
        return new AgentRun(mainClass, java, classPath, jvmOptions, arguments, true, environment);
    }

    /** These jars before the class path. */
    public AgentRun withJars(List<Path> jars) {
        StringBuilder path = new StringBuilder();
        jars.forEach(jar -> path.append(jar).append(File.pathSeparator));
        return withClassPath(path + classPath);
    }

    public AgentRun withClassPath(String path) {
        return new AgentRun(mainClass, java, path, jvmOptions, agentArguments, agent, environment);
    }

    public AgentRun withJvmOptions(String... options) {
        return new AgentRun(mainClass, java, classPath, List.of(options), agentArguments, agent, environment);
    }

    public AgentRun withEnvironment(Map<String, String> variables) {
        return new AgentRun(mainClass, java, classPath, jvmOptions, agentArguments, agent, variables);
    }

    /** On the JVM of that home folder. */
    public AgentRun withJavaHome(Path home) {
        return new AgentRun(
                mainClass,
                home.resolve("bin").resolve("java").toString(),
                classPath,
                jvmOptions,
                agentArguments,
                agent,
                environment);
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
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new AssertionError(mainClass + " did not end: " + Files.readString(errors));
                }
                return new Result(
                        process.exitValue(),
                        Files.readString(output, StandardCharsets.UTF_8),
                        Files.readString(errors, StandardCharsets.UTF_8),
                        sink.received());
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        }
    }

    private ProcessBuilder builder(String endpoint, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(jvmOptions);
        if (agent) {
            String given = agentArguments != null
                    ? agentArguments
                    : "endpoint=" + endpoint + ",export.interval=200ms,service.name=under-test";
            command.add("-javaagent:" + jar() + (given.isEmpty() ? "" : "=" + given));
        }
        command.add("-cp");
        command.add(agent ? withoutAgentClasses(classPath) : classPath);
        command.add(mainClass);
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("HEADROOM_") || name.startsWith("OTEL_"));
        builder.environment().putAll(environment);
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
    public record Result(int exitCode, String output, String errors, List<ResourceMetrics> received) {
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
