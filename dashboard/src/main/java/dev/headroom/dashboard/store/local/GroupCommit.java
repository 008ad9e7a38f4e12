package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore.Outcome;
import dev.headroom.dashboard.store.StoreOverloadedException;
import dev.headroom.dashboard.store.StoreUnusableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One thread that commits what has queued up. A commit costs a sync of the disk whatever its size, so commits begin at least
 * {@code spacing} apart and take everything that waits; on an idle store a request is committed at once. The queue is bounded in
 * requests and in bytes: when it is full, callers are turned away instead of filling the memory. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
    private static final int QUEUE = 1_000;
    /** What waits, in memory: an eighth of the heap. */
    private static final long QUEUE_BYTES =
            Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    private static final int GROUP = 256;
    private static final long IDLE_MILLIS = 200;

    /** What the thread does. */
    interface Work {
        /** One outcome per batch, durable on return. */
        List<Outcome> commit(List<Batch> batches) throws Exception;

        /** Called after a commit, then the callers are answered. */
        void stored(List<Batch> batches, List<Outcome> outcomes);

        RuntimeException failure(Exception cause);

        /** The thread ends, in the middle of something: nothing will be committed any more. */
        void died(Throwable cause);
    }

    private record Request(List<Batch> batches, long bytes, CompletableFuture<List<Outcome>> answer) {}

    private final Work work;
    private final long spacingNanos;
    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(QUEUE);
    /** Of requests that are not answered. */
    private final AtomicLong queuedBytes = new AtomicLong();

    private final Thread thread;
    private volatile boolean closed;
    private long lastCommitNanos;

    GroupCommit(Work work, Duration spacing) {
        this.work = work;
        this.spacingNanos = spacing.toNanos();
        this.lastCommitNanos = System.nanoTime() - spacingNanos;
        this.thread = new Thread(this::run, "headroom-store-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Completes after the commit. */
    CompletableFuture<List<Outcome>> submit(List<Batch> batches) {
        Request request = new Request(batches, Footprint.of(batches), new CompletableFuture<>());
        if (closed) {
            throw new StoreUnusableException("The dashboard is stopping; send again later", null);
        }
        // One that is larger than the whole queue is let in when nothing waits: it would be turned away for ever.
        long waiting = queuedBytes.getAndAdd(request.bytes);
        if (waiting > 0 && waiting + request.bytes > QUEUE_BYTES) {
            queuedBytes.addAndGet(-request.bytes);
            throw new StoreOverloadedException(
                    (waiting >> 20) + " MB of requests wait for the disk already; send again later");
        }
        if (!queue.offer(request)) {
            queuedBytes.addAndGet(-request.bytes);
            throw new StoreOverloadedException(QUEUE + " requests wait for the disk already; send again later");
        }
        return request.answer;
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it is: callers must not wait for a thread that is gone
    private void run() {
        try {
            while (!closed || !queue.isEmpty()) {
                List<Request> group = collect();
                if (!group.isEmpty()) {
                    commit(group);
                    group.forEach(request -> queuedBytes.addAndGet(-request.bytes));
                }
            }
        } catch (Throwable cause) {
            closed = true;
            work.died(cause);
        }
    }

    private List<Request> collect() {
        List<Request> group = new ArrayList<>();
        Request first = poll(TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS));
        if (first == null) {
            return group;
        }
        group.add(first);
        long due = lastCommitNanos + spacingNanos;
        while (group.size() < GROUP) {
            queue.drainTo(group, GROUP - group.size());
            long wait = due - System.nanoTime();
            if (wait <= 0 || closed) {
                break;
            }
            Request next = poll(wait);
            if (next != null) {
                group.add(next);
            }
        }
        return group;
    }

    private @Nullable Request poll(long nanos) {
        try {
            return queue.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException ignored) {
            // nobody interrupts this thread on purpose; close() sets a flag that the loop reads
            return null;
        }
    }

    private void commit(List<Request> group) {
        lastCommitNanos = System.nanoTime();
        List<Batch> batches = new ArrayList<>();
        for (Request request : group) {
            batches.addAll(request.batches);
        }
        List<Outcome> outcomes;
        try {
            outcomes = work.commit(batches);
        } catch (Exception failure) {
            commitOneByOne(group, failure);
            return;
        }
        work.stored(batches, outcomes);
        int at = 0;
        for (Request request : group) {
            request.answer.complete(List.copyOf(outcomes.subList(at, at + request.batches.size())));
            at += request.batches.size();
        }
    }

    /** So that one request which the store cannot take does not turn away those that came with it. */
    private void commitOneByOne(List<Request> group, Exception failure) {
        if (group.size() == 1) {
            group.get(0).answer.completeExceptionally(work.failure(failure));
            return;
        }
        for (Request request : group) {
            commit(List.of(request));
        }
    }

    /** Commits what waits, then ends the thread. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (Request late = queue.poll(); late != null; late = queue.poll()) {
            late.answer.completeExceptionally(
                    new StoreUnusableException("The dashboard is stopping; send again later", null));
        }
    }
}
