package dev.headroom.dashboard.store;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps delta windows and adds them up. Thread-safe. Every method may block on disk: never call it on an event loop.
 */
public interface MetricStore extends AutoCloseable {
    /** What became of a batch. */
    sealed interface Outcome {
        /** Durable now, together with its cursor. */
        record Stored() implements Outcome {}

        /** Its number was stored before: nothing was written. */
        record Duplicate(long highestSequence) implements Outcome {}
    }

    /**
     * Stores the batches of one request in one transaction and returns after the commit, one outcome per batch.
     *
     * @throws StoreOverloadedException when the queue before the disk is full: the sender should try again later
     * @throws StoreUnusableException when the disk refuses; nothing was stored
     */
    List<Outcome> append(List<Batch> batches);

    /** What was stored last with a batch of the sender, or null. */
    @Nullable
    StreamStates streams(Sender sender);

    /** Totals over the range, counted exactly once. */
    Reading read(Selection selection);

    /** The range cut into consecutive slices of {@code step}, oldest first; empty slices are included. */
    List<Reading> slices(Selection selection, Duration step);

    /** Names of services that have reported within the retention, sorted. */
    List<String> services();

    /** JVMs of the service, newest report first. */
    List<Instance> instances(String service);

    /** What came of the service's numbered senders, and what did not; one per sender and signal, newest arrival first. */
    List<Ledger> ledgers(String service);

    /** Tells the listener of every batch after its commit, on the store's writing thread: return at once. */
    void onStored(Consumer<Batch> listener);

    @Override
    void close();
}
