package dev.headroom.dashboard.store.local;

import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rolls up a little every second, so that the work of a minute is spread over the minute. Thread-safe. */
final class RollerThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RollerThread.class);
    private static final long ROUND_MILLIS = 1_000;
    private static final long FAILED_MILLIS = 10_000;
    /** A minute's parts are done within so many rounds. */
    private static final int ROUNDS_PER_MINUTE = 30;

    private final Roller roller;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    RollerThread(Roller roller, InstantSource clock) {
        this.roller = roller;
        this.clock = clock;
        this.thread = new Thread(this::run, "headroom-store-roller");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        int due = 0;
        while (closing.getCount() > 0) {
            long pause = ROUND_MILLIS;
            try {
                int before = Math.max(due, roller.due(now(false)));
                due = roller.roll(now(false), 1 + before / ROUNDS_PER_MINUTE) == 0 ? 0 : before;
            } catch (RuntimeException failure) {
                LOG.warn("Measurements could not be rolled up; they stay as they came: {}", failure.toString());
                pause = FAILED_MILLIS;
            }
            await(pause);
        }
    }

    private void await(long millis) {
        try {
            closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ignored) {
            // nobody interrupts this thread on purpose; close() sets a flag that the loop reads
        }
    }

    private RollTimes now(boolean all) {
        return new RollTimes(clock.millis(), all);
    }

    /** On this thread. */
    void rollUpAll() {
        while (roller.roll(now(true), Integer.MAX_VALUE) > 0) {
            // what came meanwhile
        }
    }

    void rollUp(int parts) {
        roller.roll(now(true), parts);
    }

    /** Waits for the round that is under way. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
