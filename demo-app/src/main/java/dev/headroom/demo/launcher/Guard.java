package dev.headroom.demo.launcher;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** This side of the {@link Watchdog}: tells it which processes must not outlive the launcher. Thread-safe. */
final class Guard implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 3;

    private final Process watchdog;
    private final Writer pids;

    private Guard(Process watchdog) {
        this.watchdog = watchdog;
        this.pids = new OutputStreamWriter(watchdog.getOutputStream(), StandardCharsets.US_ASCII);
    }

    static Guard start() {
        try {
            Path classes = Path.of(Watchdog.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Guard(new ProcessBuilder(
                            ChildJvm.javaCommand(),
                            "-Xmx16m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classes.toString(),
                            Watchdog.class.getName())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException | URISyntaxException refused) {
            throw new DemoFailure("The watchdog process could not be started: " + refused);
        }
    }

    synchronized void watch(long pid) {
        try {
            pids.write(pid + "\n");
            pids.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException("The watchdog process has ended; its exit code is told by 'ps'", gone);
        }
    }

    /** Tells the watchdog that everything was stopped in order, and waits for its end. */
    @Override
    public synchronized void close() {
        try (pids) {
            pids.write(Watchdog.STOPPED + "\n");
        } catch (IOException ignored) {
            // it is gone already, which is what was wanted
        }
        try {
            if (!watchdog.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                watchdog.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            watchdog.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
