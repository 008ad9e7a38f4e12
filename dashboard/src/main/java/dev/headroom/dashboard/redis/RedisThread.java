package dev.headroom.dashboard.redis;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the servers again and again; does nothing where none is named. */
final class RedisThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisThread.class);

    private final RedisServers servers;
    private final long everyMillis;
    private final ScheduledThreadPoolExecutor thread;

    RedisThread(RedisServers servers, RedisProperties properties) {
        this.servers = servers;
        this.everyMillis = Math.max(1_000, properties.every().toMillis());
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread created = new Thread(work, "headroom-redis");
            created.setDaemon(true);
            return created;
        });
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    void start() {
        if (!servers.servers().isEmpty()) {
            ScheduledFuture<?> unused =
                    thread.scheduleWithFixedDelay(this::work, everyMillis, everyMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void work() {
        try {
            servers.askAll();
        } catch (RuntimeException e) {
            LOG.warn("Redis servers could not be asked; the next round tries again", e);
        }
    }

    /** Waits for a server that is being asked. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("A Redis server is still being asked");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
