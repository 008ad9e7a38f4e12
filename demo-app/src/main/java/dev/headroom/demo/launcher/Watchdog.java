package dev.headroom.demo.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A small process that outlives a launcher that was killed hard. It reads one process id a line; when its input ends,
 * the launcher is gone, and whatever of those processes still runs is ended. After an orderly stop the last line is
 * {@link #STOPPED}, and it just goes.
 *
 * <p>Ctrl-C reaches it too: its shutdown then waits for the launcher's end as it would have without.
 */
final class Watchdog {
    /** Says that the launcher has ended everything itself. */
    static final String STOPPED = "stopped";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Watchdog() {}

    /** Runs until standard input ends. */
    public static void main(String[] args) {
        CountDownLatch done = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitQuietly(done)));
        try {
            end(untilLauncherIsGone());
        } finally {
            done.countDown();
        }
    }

    private static List<ProcessHandle> untilLauncherIsGone() {
        List<ProcessHandle> watched = new ArrayList<>();
        // Kept as handles from the start: they know the start time, so a reused number is never mistaken.
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(STOPPED)) {
                    return List.of();
                }
                ProcessHandle.of(Long.parseLong(line.trim())).ifPresent(watched::add);
            }
        } catch (IOException ignored) {
            // a broken pipe says the same as its end
        }
        return watched;
    }

    private static void end(List<ProcessHandle> watched) {
        watched.forEach(ProcessHandle::destroy);
        CompletableFuture<?> allGone = CompletableFuture.allOf(
                watched.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try {
            allGone.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            watched.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitQuietly(CountDownLatch done) {
        try {
            done.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
