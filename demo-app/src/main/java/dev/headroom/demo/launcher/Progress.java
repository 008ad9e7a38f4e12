package dev.headroom.demo.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the person at the console sees: one line a step, with a dot for each second it takes. */
final class Progress {
    private final PrintStream out;

    Progress(PrintStream out) {
        this.out = out;
    }

    /** Runs the step on a thread of its own while the line grows; rethrows what it throws. */
    <T> T step(String what, Callable<T> step) throws InterruptedException {
        out.printf(Locale.ROOT, "  %-46s ", what);
        out.flush();
        long start = System.nanoTime();
        ExecutorService thread = Executors.newSingleThreadExecutor(runnable -> {
            Thread daemon = new Thread(runnable, "demo-step");
            daemon.setDaemon(true);
            return daemon;
        });
        try {
            Future<T> result = thread.submit(step);
            while (true) {
                try {
                    T value = result.get(1, TimeUnit.SECONDS);
                    out.printf(Locale.ROOT, " ready in %.1f s%n", seconds(start));
                    return value;
                } catch (TimeoutException notYet) {
                    out.print('.');
                    out.flush();
                }
            }
        } catch (ExecutionException failed) {
            out.println(" failed");
            if (failed.getCause() instanceof DemoFailure reason) {
                throw reason;
            }
            throw new IllegalStateException(what + " failed", failed.getCause());
        } finally {
            thread.shutdownNow();
        }
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    private static double seconds(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    }
}
