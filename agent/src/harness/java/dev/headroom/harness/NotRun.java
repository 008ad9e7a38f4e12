package dev.headroom.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes down what could not be run here; the build prints it last. */
public final class NotRun {
    private NotRun() {}

    /** @param line what was left out, why, and what to do */
    public static void because(String line) throws IOException {
        Files.writeString(
                Path.of("target/not-run.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
