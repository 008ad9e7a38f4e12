package dev.headroom.range;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import dev.headroom.harness.Jdk;
import dev.headroom.harness.NotRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The agent on every JVM that is found, with every collector and compiler: exact counts, no word on stderr, a clean end, and
 * readings of the JVM that agree with its own. Writes {@code target/jdk-range.md}.
 */
class JdkRangeIT {
    /** What has long-term support; a newer one is wanted too. */
    private static final List<Integer> WANTED = List.of(8, 11, 17, 21, 25);

    private static final Path TABLE = Path.of("target", "jdk-range.md");
    private static final long MEBIBYTE = 1 << 20;
    private static final int HEAP_MEBIBYTES = 160;

    private static final List<Jdk> JDKS = Jdk.all();
    private static final Map<Jdk, Map<Setup, String>> OUTCOMES =
            new TreeMap<>(java.util.Comparator.comparingInt(Jdk::feature));
    private static RangeProgram program;

    /** A collector, each with another compiler or check, so that four runs cover all of them. */
    enum Setup {
        G1_VERIFIED(
                "G1, every class verified",
                "-XX:+UseG1GC",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+BytecodeVerificationLocal",
                "-XX:+BytecodeVerificationRemote"),
        SERIAL_C1("Serial, C1 only", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
        PARALLEL_INTERPRETED("Parallel, interpreted", "-XX:+UseParallelGC", "-Xint"),
        ZGC("ZGC", "-XX:+UnlockExperimentalVMOptions", "-XX:+UseZGC");

        private final String title;
        private final List<String> options;

        Setup(String title, String... options) {
            this.title = title;
            this.options = List.of(options);
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Arguments> cells() throws Exception {
        List<Arguments> cells = new ArrayList<>();
        for (Jdk jdk : JDKS) {
            Map<Setup, String> outcomes = OUTCOMES.computeIfAbsent(jdk, each -> new TreeMap<>());
            for (Setup setup : Setup.values()) {
                boolean there = jdk.takes(setup.options);
                outcomes.put(setup, there ? "FAILED" : "not in this JVM");
                if (there) {
                    cells.add(Arguments.of(jdk, setup));
                }
            }
        }
        return cells;
    }

    @BeforeAll
    static void start() throws Exception {
        program = new RangeProgram();
    }

    @AfterAll
    static void writeDown() throws Exception {
        program.close();
        for (int wanted : WANTED) {
            if (JDKS.stream().noneMatch(jdk -> jdk.feature() == wanted)) {
                NotRun.because("JdkRangeIT: JDK " + wanted + " is not on this machine (.ci/jdks fetches it)");
            }
        }
        if (JDKS.stream().noneMatch(jdk -> jdk.feature() > WANTED.get(WANTED.size() - 1))) {
            NotRun.because("JdkRangeIT: JDK newest is not on this machine (.ci/jdks fetches it)");
        }
        Files.writeString(TABLE, table());
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void measuresExactly(Jdk jdk, Setup setup) throws Exception {
        List<String> options = new ArrayList<>(setup.options);
        options.add("-Xmx" + HEAP_MEBIBYTES + "m");
        AgentRun.Result result = program.on(jdk, options).withAgent().run(program.redisPort(), "collect");

        RangeProgram.checkCalls(result, jdk);
        checkCollections(result);
        checkMemory(result);
        OUTCOMES.get(jdk).put(setup, "ran");
    }

    /** The program prints its collectors before it ends; the agent's last reading comes after that. */
    private static void checkCollections(AgentRun.Result result) {
        Map<String, Long> printed = result.output()
                .lines()
                .filter(line -> line.startsWith("gc "))
                .map(line -> line.split(" ", 3))
                .collect(Collectors.toMap(line -> line[2], line -> Long.parseLong(line[1])));
        assertThat(printed).isNotEmpty();
        assertThat(printed.values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(1);
        printed.forEach((name, count) -> assertThat(
                        result.count(Metric.JVM_GC_DURATION, Map.of(Attribute.GC_NAME, name)))
                .as(name)
                .isBetween(count, count + 2));
        double seconds = result.points(Metric.JVM_GC_DURATION).stream()
                .mapToDouble(point -> point.exponential().sum())
                .sum();
        assertThat(seconds).isBetween(0.0, 60.0);
    }

    private static void checkMemory(AgentRun.Result result) {
        // The JVM does not count a survivor space, which Parallel sizes as it likes.
        assertThat(heap(result, Metric.JVM_MEMORY_LIMIT))
                .as("largest heap")
                .isBetween(HEAP_MEBIBYTES * MEBIBYTE * 3 / 4, HEAP_MEBIBYTES * MEBIBYTE);
        assertThat(heap(result, Metric.JVM_MEMORY_USED))
                .as("heap in use")
                .isBetween(16 * MEBIBYTE, HEAP_MEBIBYTES * MEBIBYTE);
        assertThat(heap(result, Metric.JVM_MEMORY_AFTER_GC))
                .as("heap after the last collection")
                .isBetween(16 * MEBIBYTE, HEAP_MEBIBYTES * MEBIBYTE);
        assertThat(result.points(Metric.JVM_CPU_TIME)).isNotEmpty();
        assertThat(result.points(Metric.PROCESS_MEMORY))
                .allSatisfy(point -> assertThat(point.value()).isGreaterThan(20 * MEBIBYTE));
    }

    /** Sum over the heap's pools of their last readings. */
    private static long heap(AgentRun.Result result, Metric metric) {
        Map<String, Double> last = new TreeMap<>();
        result.points(metric, Map.of(Attribute.MEMORY_TYPE, "heap"))
                .forEach(point ->
                        last.put(String.valueOf(point.attributes().get(Attribute.MEMORY_POOL.key())), point.value()));
        return (long) last.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| JVM |");
        for (Setup setup : Setup.values()) {
            table.append(' ').append(setup).append(" |");
        }
        table.append("\n|---|").append("---|".repeat(Setup.values().length)).append('\n');
        OUTCOMES.forEach((jdk, outcomes) -> {
            table.append("| ").append(jdk).append(" |");
            outcomes.values()
                    .forEach(outcome -> table.append(' ').append(outcome).append(" |"));
            table.append('\n');
        });
        return table.toString();
    }
}
