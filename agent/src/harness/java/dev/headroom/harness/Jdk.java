package dev.headroom.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JVM on this machine: its home folder, the Java version it runs ("8", "21"), and the full version with its maker's name.
 *
 * <p>Found are the folders {@code jdk*} of the folder named by the environment variable {@value #VARIABLE}, which {@code .ci/jdks}
 * fills, the JVM that runs the tests, and what is installed where Linux distributions put JVMs; one of each version.
 */
public record Jdk(Path home, int feature, String fullVersion) {
    private static final String VARIABLE = "HEADROOM_JDKS";
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final Pattern PROPERTY = Pattern.compile("\\s+(java\\.[a-z.]+) = (.*)");

    /** By version, oldest first. */
    public static List<Jdk> all() {
        Map<Integer, Jdk> found = new TreeMap<>();
        for (Path home : homes()) {
            if (Files.isExecutable(home.resolve("bin/java"))) {
                Jdk jdk = at(home);
                found.putIfAbsent(jdk.feature, jdk);
            }
        }
        return List.copyOf(found.values());
    }

    private static Collection<Path> homes() {
        List<Path> homes = new ArrayList<>();
        String folder = System.getenv(VARIABLE);
        if (folder != null) {
            homes.addAll(list(Path.of(folder), "jdk"));
        }
        homes.add(Path.of(System.getProperty("java.home")));
        homes.addAll(list(INSTALLED, ""));
        return homes;
    }

    private static List<Path> list(Path folder, String prefix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("JVMs are looked for in " + folder + ", which cannot be read", unreadable);
        }
    }

    private static Jdk at(Path home) {
        Map<String, String> properties = new TreeMap<>();
        try {
            Process asked = new ProcessBuilder(
                            home.resolve("bin/java").toString(), "-XshowSettings:properties", "-version")
                    .redirectErrorStream(true)
                    .start();
            new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(PROPERTY::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> properties.put(line.group(1), line.group(2)));
        } catch (IOException failed) {
            throw new UncheckedIOException("the JVM in " + home + " does not start", failed);
        }
        String specification = properties.getOrDefault("java.specification.version", "");
        String digits = specification.startsWith("1.") ? specification.substring(2) : specification;
        if (digits.isEmpty()) {
            throw new AssertionError("the JVM in " + home + " does not tell its version");
        }
        return new Jdk(
                home,
                Integer.parseInt(digits),
                properties.get("java.runtime.version") + ", " + properties.get("java.vendor"));
    }

    /** Whether it starts with these options. */
    public boolean takes(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
        command.addAll(options);
        command.add("-version");
        return new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Override
    public String toString() {
        return "JDK " + feature + " (" + fullVersion + ")";
    }
}
