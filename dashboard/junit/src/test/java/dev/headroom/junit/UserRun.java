package dev.headroom.junit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A user's test run in a JVM of its own, with headroom-junit's jar, one JUnit, H2 and nothing else. */
final class UserRun {
    private static final long PATIENCE_SECONDS = 120;

    private final List<String> command = new ArrayList<>();
    private final Path out;

    /** @param junit folder below target with one version of JUnit */
    UserRun(String junit, Path folder) throws Exception {
        this.out = folder.resolve("out.txt");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        List<String> path = new ArrayList<>(List.of("target/headroom-junit.jar", "target/test-classes"));
        try (Stream<Path> jars = Files.list(Path.of("target", junit))) {
            jars.map(Path::toString).forEach(path::add);
        }
        path.add(home(Class.forName("org.opentest4j.AssertionFailedError")));
        path.add(home(Class.forName("org.h2.Driver")));
        command.add("-cp");
        command.add(String.join(File.pathSeparator, path));
    }

    private static String home(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    UserRun with(String... options) {
        command.addAll(List.of(options));
        return this;
    }

    /** Runs the classes and returns status and message by display name, statuses joined where a name stands for several. */
    Map<String, String> of(String... classes) throws Exception {
        command.add("sample.Run");
        command.addAll(List.of(classes));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        // What this build is told is not for a user's tests.
        builder.environment().keySet().removeIf(name -> name.startsWith("HEADROOM_"));
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("did not end; it said: " + said());
        }
        Map<String, String> results = new LinkedHashMap<>();
        for (String part : said().split("(?m)^== ")) {
            String[] lines = part.split("\n", 2);
            int blank = lines[0].indexOf(' ');
            if (blank > 0 && lines.length == 2) {
                results.merge(
                        lines[0].substring(blank + 1),
                        lines[0].substring(0, blank) + "\n" + lines[1].strip(),
                        (one, other) -> one + "\n" + other);
            }
        }
        return results;
    }

    String said() {
        try {
            return Files.readString(out, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
