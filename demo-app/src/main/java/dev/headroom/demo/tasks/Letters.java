package dev.headroom.demo.tasks;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Welcome letters: each takes the mail server a while, waited for or not. Thread-safe. */
@Component
class Letters implements DisposableBean {
    private static final Duration MAIL_SERVER = Duration.ofMillis(120);
    private static final int MOST_WAITING = 10_000;

    private final AtomicLong refused = new AtomicLong();
    private final ExecutorService background = new ThreadPoolExecutor(
            2,
            2,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            (letter, full) -> refused.incrementAndGet());

    /** Sends it now and returns when the mail server has it. */
    void welcome(String email) {
        long until = System.nanoTime() + MAIL_SERVER.toNanos();
        while (System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(email, until - System.nanoTime());
        }
    }

    /** Sends it in its own time; nobody asks for the result. */
    void welcomeLater(String email) {
        background.execute(() -> welcome(email));
    }

    @Override
    public void destroy() {
        background.shutdownNow();
    }
}
