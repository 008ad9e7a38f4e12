package dev.headroom.dashboard.finding;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks all services once a minute; with many of them less often, so that it takes a twentieth of one core at most. */
final class FindingThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FindingThread.class);
    private static final long MINUTE_MILLIS = 60_000;
    private static final long REST = 20;

    private final Findings findings;
    private final ScheduledThreadPoolExecutor thread;

    FindingThread(Findings findings) {
        this.findings = findings;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread created = new Thread(work, "headroom-findings");
            created.setDaemon(true);
            return created;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        later(MINUTE_MILLIS);
    }

    private void later(long millis) {
        try {
            ScheduledFuture<?> unused = thread.schedule(this::work, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("Findings are closed");
        }
    }

    private void work() {
        long begin = System.nanoTime();
        try {
            findings.checkAll();
        } catch (RuntimeException e) {
            LOG.warn("Findings could not be checked; the next minute tries again", e);
        }
        later(Math.max(MINUTE_MILLIS, REST * (System.nanoTime() - begin) / 1_000_000));
    }

    /** Waits for a check that is under way. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("Findings are still being checked");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
