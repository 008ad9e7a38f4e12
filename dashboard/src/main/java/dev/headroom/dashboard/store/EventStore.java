package dev.headroom.dashboard.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the examples that agents send: single calls, with what made them remarkable. Bounded in bytes, the oldest leave first.
 * Thread-safe. Every method may block on disk: never call it on an event loop.
 */
public interface EventStore extends AutoCloseable {
    /**
     * One example.
     *
     * @param kind such as {@code headroom.slow.query}
     */
    record Event(Instant time, String kind, Map<String, String> attributes, String body) {}

    /** One that is kept. */
    record Kept(String service, String instance, Event event) {}

    /**
     * Stores the events of one numbered request with their number in one transaction and returns after the commit. A number that
     * was stored before stores nothing.
     *
     * @throws StoreUnusableException when the disk refuses; nothing was stored
     */
    MetricStore.Outcome append(Sender sender, Batch.Cursor cursor, Delivery delivery, List<Event> events);

    /**
     * The newest events of a service, newest first.
     *
     * @param kinds empty means all
     * @param most at most so many, from 1 to 1,000
     */
    List<Kept> newest(String service, Set<String> kinds, TimeRange range, int most);

    /** The examples that are looked for, in the order asked for. */
    List<Kept> examples(ExampleSearch search);

    /** The example of that id, the newest where senders used it twice; null when none is kept. */
    @Nullable
    Kept example(String id);

    /** What came of the service's senders of events, and what did not. */
    List<Ledger> ledgers(String service);

    @Override
    void close();
}
