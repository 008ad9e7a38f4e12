package dev.headroom.cost;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What to measure, all of it by {@code -Dcost.*}.
 *
 * @param what {@code cost.what}: names of {@link Part} divided by commas; empty means all
 * @param runs {@code cost.runs}: rounds; in each every agent has its turn
 * @param load {@code cost.for}: length of the load at a fixed rate, such as 30s
 * @param exportFor {@code cost.export.for}: how long exporting is watched, such as 2m
 * @param soak {@code cost.soak}: length of a soak, such as 30m, which is then all that is done; null for none
 * @param churn {@code cost.churn}: whether the soak makes new statements and keys without end
 * @param rate {@code cost.rate}: requests per second of that load
 * @param agents no agent first; {@code cost.headroom.args}, {@code cost.compare} and {@code cost.agents} add to it
 * @param java {@code cost.java}: home folder of the JDK that runs what is measured
 * @param jvm {@code cost.jvm}: more JVM options for everything measured, divided by blanks
 * @param folder this module's folder
 */
record CostOptions(
        Set<Part> what,
        int runs,
        Duration load,
        Duration exportFor,
        @Nullable Duration soak,
        boolean churn,
        int rate,
        List<Agent> agents,
        Path java,
        List<String> jvm,
        Path folder) {
    private static final int DEFAULT_RUNS = 5;

    /** A program that does nothing but calls would have the agent leave out detail, as it should. */
    private static final String FULL_SPEED = "cost.budget=100%";

    /** What can be measured. */
    enum Part {
        /** CPU and wall time of hello world. */
        HELLO,
        /** The application to its first answer. */
        START,
        /** The application under load; includes START. */
        LOAD,
        /** What is held at many series, and what exporting them takes. Measured once, not in every round. */
        FOOTPRINT
    }

    /** Reads the properties; throws {@link CostFailure} that names the option with a value that cannot be meant. */
    static CostOptions from(UnaryOperator<@Nullable String> property) {
        Path folder = Path.of(text(property, "cost.folder", "agent/cost")).toAbsolutePath();
        Path java = Path.of(text(property, "cost.java", System.getProperty("java.home", "")));
        if (!Files.isExecutable(java.resolve("bin/java")) || !Files.isExecutable(java.resolve("bin/jcmd"))) {
            throw new CostFailure(
                    "-Dcost.java=" + java + ": expected the home folder of a JDK, with bin/java and bin/jcmd in it.");
        }
        return new CostOptions(
                parts(text(property, "cost.what", "hello,start,load,footprint")),
                number(property, "cost.runs", DEFAULT_RUNS),
                duration(property, "cost.for", Duration.ofSeconds(30)),
                duration(property, "cost.export.for", Duration.ofMinutes(2)),
                text(property, "cost.soak", "").isEmpty() ? null : duration(property, "cost.soak", Duration.ZERO),
                flag(property, "cost.churn"),
                number(property, "cost.rate", 200),
                agents(property, folder),
                java,
                words(text(property, "cost.jvm", "")),
                folder);
    }

    private static List<Agent> agents(UnaryOperator<@Nullable String> property, Path folder) {
        List<Agent> agents = new ArrayList<>();
        agents.add(Agent.NONE);
        agents.add(KnownAgents.headroom(
                jar(folder.resolve("../target/headroom-agent.jar").normalize()),
                text(
                        property,
                        "cost.headroom.args",
                        text(property, "cost.soak", "").isEmpty() ? "" : FULL_SPEED)));
        String fetched = text(property, "cost.compare.dir", "");
        if (!fetched.isEmpty()) {
            agents.addAll(KnownAgents.compared(
                    jar(Path.of(fetched, "opentelemetry-javaagent.jar")), jar(Path.of(fetched, "glowroot-agent.jar"))));
        }
        for (String given : text(property, "cost.agents", "").split("\\|")) {
            if (!given.isBlank()) {
                agents.add(agent(given.trim()));
            }
        }
        return agents;
    }

    private static Agent agent(String given) {
        List<String> words = words(given);
        String first = words.get(0);
        int equals = first.indexOf('=');
        if (equals <= 0) {
            throw new CostFailure(
                    "-Dcost.agents: found \"" + given
                            + "\"; expected name=/path/agent.jar=arguments, then JVM options divided by blanks, agents divided by |.");
        }
        String path = first.substring(equals + 1);
        int arguments = path.indexOf('=');
        jar(Path.of(arguments < 0 ? path : path.substring(0, arguments)));
        List<String> options = new ArrayList<>();
        options.add("-javaagent:" + path);
        options.addAll(words.subList(1, words.size()));
        return new Agent(first.substring(0, equals), options);
    }

    private static Path jar(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new CostFailure("No agent jar at " + path + "; build it or correct -Dcost.agents.");
        }
        return path;
    }

    private static Set<Part> parts(String names) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : names.split(",")) {
            try {
                parts.add(Part.valueOf(name.trim().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw new CostFailure("-Dcost.what=" + names + ": found \"" + name + "\", expected some of "
                        + EnumSet.allOf(Part.class).toString().toLowerCase(Locale.ROOT) + ".");
            }
        }
        return parts;
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+"));
    }

    private static String text(UnaryOperator<@Nullable String> property, String name, String ifAbsent) {
        String value = property.apply(name);
        return value == null || value.isBlank() ? ifAbsent : value.trim();
    }

    private static int number(UnaryOperator<@Nullable String> property, String name, int ifAbsent) {
        String value = text(property, name, Integer.toString(ifAbsent));
        if (value.matches("[1-9][0-9]{0,5}")) {
            return Integer.parseInt(value);
        }
        throw new CostFailure(
                "-D" + name + "=" + value + ": expected a whole number above 0, such as " + ifAbsent + ".");
    }

    private static boolean flag(UnaryOperator<@Nullable String> property, String name) {
        String value = text(property, name, "false");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new CostFailure("-D" + name + "=" + value + ": expected true or false.");
        };
    }

    private static Duration duration(UnaryOperator<@Nullable String> property, String name, Duration ifAbsent) {
        String value = text(property, name, ifAbsent.toSeconds() + "s");
        if (value.matches("[1-9][0-9]{0,4}[smh]")) {
            return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
        }
        throw new CostFailure("-D" + name + "=" + value + ": expected a number with s, m or h, such as 30s.");
    }
}
