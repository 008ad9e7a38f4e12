package dev.headroom.junit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The agent's jar within this one. A JVM may not attach to itself, so a child process does it: the agent's own command line.
 * Stateless.
 */
final class EmbeddedAgent {
    private static final String RESOURCE = "/META-INF/headroom/headroom-agent.jar";
    private static final long PATIENCE_SECONDS = 60;

    private EmbeddedAgent() {}

    /** @throws IllegalStateException when it does not work, with the reason and the other way */
    static void attach() {
        Path jar = extracted();
        Path java = Path.of(System.getProperty("java.home"), "bin", File.separatorChar == '\\' ? "java.exe" : "java");
        long pid = ProcessHandle.current().pid();
        String[] command = {
            java.toString(), "-jar", jar.toString(), "attach", Long.toString(pid), "export.enabled=false"
        };
        try {
            Process child =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            child.getOutputStream().close();
            String said = said(child);
            if (child.exitValue() != 0) {
                throw refused(said);
            }
        } catch (IOException failure) {
            throw refused(java + " cannot be started: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw refused("the wait for it was interrupted");
        }
    }

    private static String said(Process child) throws IOException, InterruptedException {
        try (InputStream out = child.getInputStream()) {
            // Reads to the child's end: it says one line.
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                child.destroyForcibly();
                throw refused("the attaching process did not end within " + PATIENCE_SECONDS + " s; it said: " + said);
            }
            return said;
        }
    }

    private static IllegalStateException refused(String why) {
        return new IllegalStateException("Headroom's agent cannot be attached to this test JVM (" + why
                + "). Give it with -javaagent instead, as headroom-junit's README says for Maven and Gradle.");
    }

    /** The jar as a file that all test JVMs of this content share; made whole before it has its name. */
    private static Path extracted() {
        byte[] content = content();
        CRC32 sum = new CRC32();
        sum.update(content);
        String user =
                HexFormat.of().toHexDigits(System.getProperty("user.name", "").hashCode());
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Path jar =
                folder.resolve("headroom-agent-" + user + "-" + HexFormat.of().toHexDigits(sum.getValue()) + ".jar");
        try {
            if (!same(jar, content)) {
                Path part = Files.createTempFile(folder, "headroom-agent-", ".part");
                Files.write(part, content);
                moved(part, jar);
            }
            return jar;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "Headroom's agent cannot be unpacked into java.io.tmpdir, " + folder
                            + "; expected a writable folder",
                    failure);
        }
    }

    private static boolean same(Path jar, byte[] content) throws IOException {
        return Files.isRegularFile(jar)
                && Files.size(jar) == content.length
                && java.util.Arrays.equals(Files.readAllBytes(jar), content);
    }

    private static void moved(Path part, Path jar) throws IOException {
        try {
            Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException other) {
            Files.deleteIfExists(part);
        }
    }

    private static byte[] content() {
        try (@Nullable InputStream in = EmbeddedAgent.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw refused(RESOURCE + " is missing from headroom-junit's jar");
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(RESOURCE + " cannot be read from headroom-junit's jar", failure);
        }
    }
}
