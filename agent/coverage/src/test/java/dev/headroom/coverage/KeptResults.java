package dev.headroom.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * Cells that passed before, by all that they depend on: the agent's jar, the scenario, the library's jars, the JDK. A file each, for
 * the matrix only; a build without it runs every cell. Thread-safe.
 */
final class KeptResults {
    private final Path folder = Files.createDirectories(Path.of(System.getProperty("coverage.results")));
    private final String agent = hash(CellRun.AGENT);

    KeptResults() throws IOException {}

    void orRun(Cell cell, CellRun run) throws Exception {
        Path result = folder.resolve(key(cell, run));
        if (!Files.exists(result)) {
            run.check(cell);
            Files.writeString(result, cell + "\n");
        }
    }

    private String key(Cell cell, CellRun run) {
        StringBuilder key = new StringBuilder(agent)
                .append(cell)
                .append(cell.jdk().fullVersion())
                .append(new TreeMap<>(cell.run().properties()))
                .append(cell.run().options())
                .append(cell.run().backEnd());
        Scenario.sources(cell.run().scenario()).forEach(source -> key.append(hash(source)));
        // A released jar never changes: its place in the local repository tells its version.
        run.jars(cell).forEach(jar -> key.append(jar.getFileName()));
        return hash(key.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(Path file) {
        try {
            return hash(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
