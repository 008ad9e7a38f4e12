package dev.headroom.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.weave.StaticWeaving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every version of every library of the catalogue: the hooks find what they weave where they should and nothing where they should not,
 * and the weaver can weave all of it. Reads class files, loads none.
 *
 * <p>What is found is kept in {@code woven/HOOK.txt}, so that a version that differs is seen; {@code -Dheadroom.write.tables=true}
 * writes these files.
 */
class StaticHookTest {
    private static final Path FOUND = Path.of("src/test/resources/dev/headroom/coverage/woven");
    private static final String JDK = "the JDK";

    /** Library, version, what was found. */
    private static final Map<Library, Map<String, StaticWeaving.Found>> FOUND_IN = new LinkedHashMap<>();

    private static StaticWeaving weaving;

    @BeforeAll
    static void look() throws Exception {
        weaving = new StaticWeaving();
        MavenJars jars = new MavenJars();
        for (Library library : Catalogue.libraries()) {
            Map<String, StaticWeaving.Found> versions = new LinkedHashMap<>();
            FOUND_IN.put(library, versions);
            if (library.artifact() == null) {
                if (!library.hooks().isEmpty()) {
                    versions.put(JDK, weaving.lookAtJdk());
                }
                continue;
            }
            for (String version : library.versions()) {
                List<Path> paths = jars.alone(library.coordinates(version, with(library, version)));
                versions.put(version, weaving.look(paths.get(0), paths.subList(1, paths.size())));
            }
        }
    }

    /** What the version is run with; where it is not run, what all versions have. */
    private static List<String> with(Library library, String version) {
        return library.runs().stream()
                .filter(run -> run.versions().contains(version))
                .map(Library.Run::with)
                .findFirst()
                .orElse(library.with());
    }

    @Test
    void everyHookFindsItsLibrariesInAllTheirVersionsAndNoOther() {
        List<String> wrong = new ArrayList<>();
        FOUND_IN.forEach((library, versions) -> versions.forEach((version, found) -> {
            boolean outside = library.outside().contains(version);
            for (String hook : library.hooks()) {
                if (found.woven().containsKey(hook) == outside) {
                    wrong.add(library + " " + version + ": hook " + hook + (outside ? " finds " : " does not find ")
                            + "what it weaves");
                }
            }
        }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyHookIsProvedByALibrary() {
        Set<String> proved = new TreeSet<>();
        FOUND_IN.keySet().stream()
                .filter(library -> library.absent() == null)
                .forEach(library -> proved.addAll(library.hooks()));
        assertThat(proved)
                .as("hooks named by libraries of " + Catalogue.FILE)
                .containsExactlyInAnyOrderElementsOf(weaving.hooks());
    }

    @Test
    void theConstantPoolFilterLosesNothing() {
        List<String> lost = new ArrayList<>();
        FOUND_IN.forEach((library, versions) -> versions.forEach(
                (version, found) -> found.lost().forEach(type -> lost.add(library + " " + version + ": " + type))));
        assertThat(lost)
                .as("types that declare a method that a hook wants and mention nothing of java.sql")
                .isEmpty();
    }

    @Test
    void everythingFoundCanBeWoven() {
        List<String> failed = new ArrayList<>();
        FOUND_IN.forEach((library, versions) -> versions.forEach(
                (version, found) -> found.failed().forEach(what -> failed.add(library + " " + version + ": " + what))));
        assertThat(failed).isEmpty();
    }

    @Test
    void whatIsFoundIsKept() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (String hook : weaving.hooks()) {
            expected.put(hook + ".txt", table(hook));
        }
        if (Boolean.getBoolean("headroom.write.tables")) {
            Files.createDirectories(FOUND);
            for (Map.Entry<String, String> each : expected.entrySet()) {
                Files.writeString(FOUND.resolve(each.getKey()), each.getValue());
            }
        }
        Map<String, String> kept = new TreeMap<>();
        for (String file : expected.keySet()) {
            Path path = FOUND.resolve(file);
            kept.put(file, Files.exists(path) ? Files.readString(path) : "");
        }
        assertThat(kept)
                .as("run mvn -pl agent,agent/coverage test -Dtest=StaticHookTest -Dheadroom.write.tables=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false and look at what changed")
                .isEqualTo(expected);
    }

    /** Library, versions, class, methods; versions with the same methods in one line. */
    private static String table(String hook) {
        StringBuilder table = new StringBuilder();
        FOUND_IN.forEach((library, versions) -> {
            Map<String, List<String>> byContent = new LinkedHashMap<>();
            versions.forEach((version, found) -> found.woven()
                    .getOrDefault(hook, Map.of())
                    .forEach((type, methods) -> byContent
                            .computeIfAbsent(type + ": " + String.join(" ", methods), each -> new ArrayList<>())
                            .add(version)));
            List<String> lines = new ArrayList<>();
            byContent.forEach((content, in) -> lines.add(
                    library + " | " + (in.size() == versions.size() ? "all" : String.join(" ", in)) + " | " + content));
            lines.stream().sorted().forEach(line -> table.append(line).append('\n'));
        });
        return table.toString();
    }
}
