package dev.headroom.coverage;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The sources of a scenario, compiled in this process against the jars of a cell. Thread-safe. */
final class Scenario {
    private static final Path FOLDER = Path.of("src", "scenarios");
    private static final Path CLASSES = Path.of("target", "scenarios");
    private static final String SUPPORT = "support";

    private final Map<String, Path> compiled = new ConcurrentHashMap<>();

    /**
     * Sources of the folders, joined by a plus sign, and of the one that every scenario has.
     *
     * @throws IllegalStateException when there is no such folder, or no Main in it
     */
    static List<Path> sources(String folders) {
        List<Path> sources = new ArrayList<>();
        for (String folder : (folders + "+" + SUPPORT).split("\\+")) {
            Path path = FOLDER.resolve(folder);
            if (!Files.isDirectory(path)) {
                throw new IllegalStateException("there is no scenario \"" + folder + "\": expected a folder " + path);
            }
            try (Stream<Path> files = Files.walk(path)) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        if (sources.stream().noneMatch(source -> source.endsWith("Main.java"))) {
            throw new IllegalStateException("scenario " + folders + " has no Main.java");
        }
        return sources;
    }

    /** The folder of its classes. @throws AssertionError with what the compiler says */
    Path compile(String folders, List<Path> jars) {
        return compiled.computeIfAbsent(folders + " with " + jars, key -> compileNow(folders, jars));
    }

    private static Path compileNow(String folders, List<Path> jars) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            Path classes = Files.createDirectories(CLASSES);
            classes = Files.createTempDirectory(classes, folders.replace('+', '-') + "-");
            StringWriter said = new StringWriter();
            boolean done = compiler.getTask(
                            said,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    classes.toString(),
                                    "--release",
                                    "17",
                                    "-proc:none",
                                    "-nowarn",
                                    "-parameters",
                                    "-classpath",
                                    jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))),
                            null,
                            files.getJavaFileObjectsFromPaths(sources(folders)))
                    .call();
            if (!done) {
                throw new AssertionError("scenario " + folders + " does not compile against " + jars + ":\n" + said);
            }
            return classes.toAbsolutePath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
