package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges edited budgets over stored time, one after the other on a thread of its own, so that verdicts and readers do
 * not wait. Keeps the newest results in memory. Thread-safe.
 */
public final class BackTests implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackTests.class);
    private static final int MOST_WAITING = 5;
    private static final int MOST_KEPT = 20;

    private final MetricStore store;
    private final ThreadPoolExecutor thread;
    private final ConcurrentLinkedDeque<Job> jobs = new ConcurrentLinkedDeque<>();
    private final AtomicLong numbers = new AtomicLong();

    /**
     * What one subject would have been judged.
     *
     * @param seconds that each verdict lasted
     * @param failures how often it became FAIL
     * @param alerts how often that lasted for the budget's {@code for}, after {@code keep}
     * @param fails the newest times of FAIL, oldest first
     * @param sentence such as "FAIL 2x, 14 min; 1 alert"
     */
    public record Outcome(
            Map<Verdict, Long> seconds, int failures, int alerts, List<TimeRange> fails, String sentence) {}

    /** One budget's outcome by subject; {@code problem} says why there is none. */
    public record Item(
            String budget,
            String target,
            @Nullable String acceptable,
            Map<String, Outcome> subjects,
            @Nullable String problem) {}

    /** A back-test that waits, runs or is done. */
    public static final class Job {
        private final String id;
        private final String service;
        private final TimeRange range;
        private volatile double progress;
        private volatile @Nullable List<Item> items;

        private Job(String id, String service, TimeRange range) {
            this.id = id;
            this.service = service;
            this.range = range;
        }

        public String id() {
            return id;
        }

        public String service() {
            return service;
        }

        public TimeRange range() {
            return range;
        }

        /** Share that is done, from 0 to 1. */
        public double progress() {
            return progress;
        }

        /** The results; null until all are there. */
        public @Nullable List<Item> items() {
            return items;
        }
    }

    public BackTests(MetricStore store) {
        this.store = store;
        this.thread =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                    Thread created = new Thread(work, "headroom-back-test");
                    created.setDaemon(true);
                    return created;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins a back-test.
     *
     * @param file whose classes hold
     * @param budgets to judge, at least one
     * @return null when too many wait already
     */
    public @Nullable Job begin(BudgetFile file, List<Budget> budgets, String service, TimeRange range) {
        Job job = new Job(Long.toString(numbers.incrementAndGet()), service, range);
        try {
            thread.execute(() -> run(job, file, budgets));
        } catch (RejectedExecutionException full) {
            return null;
        }
        jobs.addFirst(job);
        while (jobs.size() > MOST_KEPT) {
            jobs.pollLast();
        }
        return job;
    }

    /** The back-test of that number, or null when it is too long ago. */
    public @Nullable Job job(String id) {
        for (Job job : jobs) {
            if (job.id.equals(id)) {
                return job;
            }
        }
        return null;
    }

    private void run(Job job, BudgetFile file, List<Budget> budgets) {
        Facts facts = new Facts(file.classes());
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < budgets.size(); i++) {
            double done = i;
            items.add(item(job, new Check(budgets.get(i), facts), share -> {
                job.progress = Math.min(1, (done + share) / budgets.size());
            }));
        }
        job.progress = 1;
        job.items = List.copyOf(items);
    }

    private Item item(Job job, Check check, java.util.function.DoubleConsumer progress) {
        Budget budget = check.budget();
        Map<String, Outcome> subjects = Map.of();
        String problem = null;
        if (budget.compare() != null) {
            problem = "a comparison with a baseline cannot be judged afterwards";
        } else if (!check.measured()) {
            problem = "nothing measures " + budget.measure() + " of the signal "
                    + budget.signal().key();
        } else {
            try {
                subjects = new BackTest(store, job.service, check).run(job.range, progress);
                problem = subjects.isEmpty() ? "nothing in the store matches it" : null;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                problem = "stopped";
            } catch (RuntimeException e) {
                LOG.warn("The back-test of {} failed", budget.id(), e);
                problem = "failed: " + e;
            }
        }
        String acceptable =
                budget.acceptable() == null ? null : budget.acceptable().toString();
        return new Item(budget.id(), budget.written(budget.target()), acceptable, subjects, problem);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
