package dev.headroom.demo.clinic;

import java.util.Comparator;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Work that nobody waits for, the urgent first; of equal priority what came first. Results are not kept. Past
 * {@value #MOST_WAITING} waiting tasks the caller does its own. Thread-safe.
 */
@Component
class BackgroundTasks implements DisposableBean {
    /** Priorities of the guide's scale, 0 to 9. */
    static final int HIGH = 9;

    static final int MEDIUM = 5;
    static final int LOW = 1;

    private static final int MOST_WAITING = 5_000;

    private final AtomicLong order = new AtomicLong();
    private final PriorityBlockingQueue<Runnable> waiting =
            new PriorityBlockingQueue<>(64, Comparator.comparing(task -> (Task) task, Task.URGENT_FIRST));
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, waiting);

    /** Runs the task some time soon; a lower priority waits for all higher ones. */
    void run(int priority, Runnable work) {
        Task task = new Task(priority, order.incrementAndGet(), work);
        if (waiting.size() < MOST_WAITING) {
            workers.execute(task);
        } else {
            task.run();
        }
    }

    @Override
    public void destroy() {
        workers.shutdownNow();
    }

    private record Task(int priority, long number, Runnable work) implements Runnable {
        static final Comparator<Task> URGENT_FIRST =
                Comparator.comparingInt(Task::priority).reversed().thenComparingLong(Task::number);

        @Override
        public void run() {
            work.run();
        }
    }
}
