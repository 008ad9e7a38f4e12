package dev.headroom.dashboard.plan;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for plans once a minute; does nothing where no database is named. */
final class PlanThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlanThread.class);

    private final Plans plans;
    private final ScheduledThreadPoolExecutor thread;

    PlanThread(Plans plans) {
        this.plans = plans;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread created = new Thread(work, "headroom-plans");
            created.setDaemon(true);
            return created;
        });
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    void start() {
        if (!plans.databases().isEmpty()) {
            ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(this::work, 10, 60, TimeUnit.SECONDS);
        }
    }

    private void work() {
        try {
            plans.askAll();
        } catch (RuntimeException e) {
            LOG.warn("Plans could not be asked for; the next minute tries again", e);
        }
    }

    /** Waits for a database that is being asked. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("A database is still being asked for a plan");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
