package dev.headroom.harmless;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** Work on other threads: results, failures, order, tasks given up and refused. */
final class TasksScenario implements EveryHook.Scenario {
    @Override
    public void play(Transcript transcript) throws Exception {
        try (Closing closing = new Closing()) {
            for (int i = 0; i < EveryHook.TIMES; i++) {
                int number = i;
                transcript.tell(
                        "submit",
                        () -> closing.pool.submit(() -> "task " + number).get());
                transcript.tell(
                        "fails",
                        () -> closing.pool.submit((Callable<String>) this::fail).get());
                transcript.tell(
                        "nested",
                        () -> closing.pool
                                .submit(() -> closing.other.submit(() -> number).get())
                                .get());
                transcript.tell("all", () -> {
                    StringBuilder seen = new StringBuilder();
                    List<Callable<String>> all = List.of(() -> "a", () -> "b", () -> "c");
                    for (Future<String> each : closing.pool.invokeAll(all)) {
                        seen.append(each.get());
                    }
                    return seen;
                });
                transcript.tell("uncaught", () -> closing.uncaught(this::fail));
                transcript.tell("given up", () -> closing.giveUp());
                transcript.tell(
                        "scheduled",
                        () -> closing.timer
                                .schedule(() -> number, 1, TimeUnit.MILLISECONDS)
                                .get());
                transcript.tell("again", () -> closing.again());
                transcript.tell("fork", () -> closing.forks.invoke(new Sum(number)));
                transcript.tell(
                        "stages",
                        () -> CompletableFuture.supplyAsync(() -> number, closing.pool)
                                .thenApplyAsync(seen -> seen + 1)
                                .thenCombineAsync(CompletableFuture.supplyAsync(() -> 7), Integer::sum, closing.other)
                                .get());
                transcript.tell(
                        "stage fails",
                        () -> CompletableFuture.supplyAsync(this::fail, closing.pool)
                                .thenApplyAsync(seen -> seen + "!", closing.other)
                                .get());
                transcript.tell("spring", () -> {
                    FutureTask<Integer> task = new FutureTask<>(() -> number);
                    new SimpleAsyncTaskExecutor().execute(task);
                    return task.get();
                });
            }
            transcript.tell("order", closing::order);
            closing.close();
            transcript.tell("refused", closing::refused);
            transcript.say(closing.pool.getCompletedTaskCount() + " done");
        }
    }

    private String fail() {
        throw new IllegalStateException("a task's own failure");
    }

    private static final class Sum extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1;

        private final int upTo;

        Sum(int upTo) {
            this.upTo = upTo;
        }

        @Override
        protected Integer compute() {
            if (upTo == 0) {
                return 0;
            }
            Sum rest = new Sum(upTo - 1);
            rest.fork();
            return upTo + rest.join();
        }
    }

    /** The executors, and what it takes to wait for their threads. */
    private static final class Closing implements AutoCloseable {
        private final ThreadPoolExecutor pool =
                new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
        private final ExecutorService other = Executors.newCachedThreadPool();
        private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
        private final ForkJoinPool forks = new ForkJoinPool(2);

        String uncaught(Runnable failing) throws Exception {
            CompletableFuture<Throwable> seen = new CompletableFuture<>();
            ExecutorService single = Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task);
                thread.setUncaughtExceptionHandler((thrower, thrown) -> seen.complete(thrown));
                return thread;
            });
            single.execute(failing);
            single.shutdown();
            return Transcript.describe(seen.get());
        }

        String giveUp() throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Future<?> task = pool.submit(() -> {
                begun.countDown();
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException expected) {
                    interrupted.countDown();
                }
            });
            begun.await();
            task.cancel(true);
            interrupted.await();
            return task.isCancelled() + " " + task.isDone();
        }

        int again() throws Exception {
            CountDownLatch three = new CountDownLatch(3);
            Future<?> repeated = timer.scheduleAtFixedRate(three::countDown, 0, 1, TimeUnit.MILLISECONDS);
            three.await();
            repeated.cancel(false);
            return (int) three.getCount();
        }

        String order() throws Exception {
            StringBuffer seen = new StringBuffer();
            ExecutorService single = Executors.newSingleThreadExecutor();
            for (int i = 0; i < 20; i++) {
                int number = i;
                single.execute(() -> seen.append(number).append(' '));
            }
            single.shutdown();
            return single.awaitTermination(20, TimeUnit.SECONDS) + " " + seen;
        }

        Object refused() throws Exception {
            return pool.submit(new Late()).get();
        }

        @Override
        public void close() throws InterruptedException {
            for (ExecutorService each : List.of(pool, other, timer, forks)) {
                each.shutdown();
                each.awaitTermination(20, TimeUnit.SECONDS);
            }
        }
    }

    /** Named in the exception's message, so it has a name that stays. */
    private static final class Late implements Callable<String> {
        @Override
        public String call() {
            return "too late";
        }

        @Override
        public String toString() {
            return "a late task";
        }
    }
}
