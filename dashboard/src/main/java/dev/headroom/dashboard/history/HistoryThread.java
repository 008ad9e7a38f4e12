package dev.headroom.dashboard.history;

import dev.headroom.dashboard.store.RightOfWay;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the history's work: once a minute, and sooner while hours of the past are to be worked out. Takes a quarter of one core at
 * most while it catches up, and a twentieth after that.
 */
final class HistoryThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryThread.class);
    private static final long MINUTE_MILLIS = 60_000;
    private static final long PAUSE_MILLIS = 200;
    private static final long FIRST_MILLIS = 3_000;

    private final ErrorBudgets budgets;
    private final VerdictHistory verdicts;
    private final RightOfWay way;
    private final ScheduledThreadPoolExecutor thread;
    private long saved = System.nanoTime();

    HistoryThread(ErrorBudgets budgets, VerdictHistory verdicts, RightOfWay way) {
        this.budgets = budgets;
        this.way = way;
        this.verdicts = verdicts;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread created = new Thread(work, "headroom-history");
            created.setDaemon(true);
            return created;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void start() {
        later(FIRST_MILLIS);
    }

    private void later(long millis) {
        try {
            ScheduledFuture<?> unused = thread.schedule(this::work, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The history is closed");
        }
    }

    private void work() {
        boolean more = false;
        way.giveWay();
        long begin = System.nanoTime();
        try {
            more = budgets.work();
            if (!more || System.nanoTime() - saved > MINUTE_MILLIS * 1_000_000) {
                verdicts.save();
                saved = System.nanoTime();
            }
        } catch (RuntimeException e) {
            LOG.warn("The history of budgets could not be brought up to date; the next minute tries again", e);
        }
        long took = (System.nanoTime() - begin) / 1_000_000;
        later(more ? Math.max(PAUSE_MILLIS, 9 * took) : Math.max(MINUTE_MILLIS, 20 * took));
    }

    /** Ends the work and writes the strips. */
    @Override
    public void close() {
        budgets.stop();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("The history of budgets is still at work; the newest strips are not stored");
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        verdicts.save();
    }
}
