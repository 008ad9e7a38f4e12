package dev.headroom.range;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.catalog.Metric;
import dev.headroom.harness.AgentRun;
import dev.headroom.harness.Jdk;
import dev.headroom.otlp.MetricPoint;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Archives of class data, made as the README says: with the agent every class comes from the archive that does without it, except the
 * woven ones and what extends them; the counts are exact, and neither the JVM nor the agent says a word.
 */
class ClassDataIT {
    /** {@code [0.1s][info][class,load] a.B source: shared objects file (top)} */
    private static final Pattern LOADED = Pattern.compile("\\[.*] (\\S+) source: (.*)");

    private static RangeProgram program;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        program = new RangeProgram();
    }

    @AfterAll
    static void stop() throws Exception {
        program.close();
    }

    /** A way to make an archive, the options that make it and those that use it. */
    enum Recipe {
        DEFAULT(17, 99, "the JVM's own archive"),
        DYNAMIC(17, 24, "AppCDS, dynamic"),
        STATIC(17, 99, "AppCDS, static"),
        AOT(25, 99, "AOT cache, trained without the agent"),
        AOT_WITH_AGENT(25, 99, "AOT cache, trained with the agent");

        private final int from;
        private final int to;
        private final String title;

        Recipe(int from, int to, String title) {
            this.from = from;
            this.to = to;
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static List<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        List<Jdk> jdks = Jdk.all();
        int newest = jdks.get(jdks.size() - 1).feature();
        for (Jdk jdk : jdks) {
            boolean wanted = jdk.feature() <= 25 || jdk.feature() == newest;
            for (Recipe recipe : Recipe.values()) {
                if (wanted && jdk.feature() >= recipe.from && jdk.feature() <= recipe.to) {
                    cells.add(Arguments.of(jdk, recipe));
                }
            }
        }
        return cells;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cells")
    void takesFromTheArchiveWhatItDoesNotWeave(Jdk jdk, Recipe recipe) throws Exception {
        List<String> use = make(jdk, recipe);
        Path without = folder.resolve("without.log");
        Path with = folder.resolve("with.log");
        // A cache is good for JVMs with the same modules only, and an agent brings one along.
        AgentRun.Result plain = program.on(jdk, with(with(use, log(without)), instrumentation(jdk)))
                .run(program.redisPort());
        AgentRun.Result result =
                program.on(jdk, with(use, log(with))).withAgent().run(program.redisPort());

        assertThat(plain.exitCode()).as(plain.errors()).isZero();
        RangeProgram.checkCalls(result, jdk);
        assertThat(result.output().lines()).noneMatch(line -> line.startsWith("["));
        Set<String> lost = lost(sources(without), sources(with));
        assertThat(rootsOf(lost)).hasSizeLessThanOrEqualTo(woven(result));
        if (recipe != Recipe.DEFAULT) {
            assertThat(archived(sources(with)))
                    .filteredOn(ClassDataIT::ofTheProgram)
                    .hasSizeGreaterThan(800);
        }
        if (recipe == Recipe.AOT) {
            assertThat(lost).as("loaded before the agent, woven where they are").isEmpty();
            assertThat(Files.readString(with)).contains("org.h2.jdbc.JdbcStatement source: __VM_RedefineClasses__");
        }
    }

    /** Makes the archive, and returns what uses it. */
    private List<String> make(Jdk jdk, Recipe recipe) throws Exception {
        Path archive = folder.resolve("archive");
        switch (recipe) {
            case DYNAMIC -> train(program.on(jdk, List.of("-XX:ArchiveClassesAtExit=" + archive)));
            case STATIC -> {
                String classes = folder.resolve("classes").toString();
                train(program.on(jdk, with(instrumentation(jdk), "-Xshare:off", "-XX:DumpLoadedClassList=" + classes)));
                train(program.on(
                        jdk,
                        with(
                                instrumentation(jdk),
                                "-Xshare:dump",
                                "-XX:SharedClassListFile=" + classes,
                                "-XX:SharedArchiveFile=" + archive)));
            }
            case AOT -> train(program.on(jdk, with(instrumentation(jdk), "-XX:AOTCacheOutput=" + archive)));
            case AOT_WITH_AGENT ->
                train(program.on(jdk, List.of("-XX:AOTCacheOutput=" + archive)).withAgent());
            case DEFAULT -> {
                return List.of();
            }
        }
        assertThat(archive).isNotEmptyFile();
        return recipe == Recipe.AOT || recipe == Recipe.AOT_WITH_AGENT
                ? List.of("-XX:AOTCache=" + archive, "-XX:AOTMode=on")
                : List.of("-XX:SharedArchiveFile=" + archive);
    }

    private static void train(AgentRun run) throws Exception {
        AgentRun.Result result = run.run(program.redisPort());
        assertThat(result.exitCode()).as(result.output() + result.errors()).isZero();
    }

    private static List<String> instrumentation(Jdk jdk) {
        return jdk.feature() >= 25 ? List.of("--add-modules", "java.instrument") : List.of();
    }

    private static List<String> with(List<String> options, String... more) {
        return with(options, List.of(more));
    }

    private static List<String> with(List<String> options, List<String> more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(more);
        return all;
    }

    private static String log(Path file) {
        return "-Xlog:class+load:file=" + file;
    }

    /** Where each class came from first; woven ones of an AOT cache are named again as redefined. */
    private static Map<String, String> sources(Path log) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String line : Files.readAllLines(log)) {
            Matcher loaded = LOADED.matcher(line);
            if (loaded.matches()) {
                sources.putIfAbsent(loaded.group(1), loaded.group(2));
            }
        }
        return sources;
    }

    private static Set<String> archived(Map<String, String> sources) {
        Set<String> names = new TreeSet<>();
        sources.forEach((name, source) -> {
            if (source.startsWith("shared objects file")) {
                names.add(name);
            }
        });
        return names;
    }

    /** Classes of the program and its libraries that came from the archive without the agent and from elsewhere with it. */
    private static Set<String> lost(Map<String, String> without, Map<String, String> with) {
        Set<String> lost = archived(without);
        lost.retainAll(with.keySet());
        lost.removeAll(archived(with));
        lost.removeIf(name -> !ofTheProgram(name));
        return lost;
    }

    /** Those whose superclasses are not lost too: a class cannot be archived without its superclass. */
    private static Set<String> rootsOf(Set<String> lost) throws Exception {
        Set<String> roots = new TreeSet<>();
        try (URLClassLoader program = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
            for (String name : lost) {
                Class<?> parent = Class.forName(name, false, program).getSuperclass();
                if (parent == null || !lost.contains(parent.getName())) {
                    roots.add(name);
                }
            }
        }
        return roots;
    }

    private static URL[] urls() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : RangeProgram.jars()) {
            urls.add(jar.toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    private static int woven(AgentRun.Result result) {
        return (int) result.points(Metric.AGENT_WOVEN).stream()
                .mapToDouble(MetricPoint::value)
                .max()
                .orElseThrow();
    }

    private static boolean ofTheProgram(String name) {
        return List.of("org.h2.", "com.zaxxer.", "redis.", "org.apache.", "dev.headroom.range.").stream()
                .anyMatch(name::startsWith);
    }
}
