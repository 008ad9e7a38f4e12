package dev.headroom.dashboard.ingest;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Spans that were stored, to recognise them when they come again: the last {@link #GENERATION} to twice as many of all senders in
 * memory, and the last {@link #REQUESTS} requests of each sender beside its data on disk, for the request that was stored and not
 * answered when the dashboard stopped. Thread-safe, but for the streams, which belong to who holds the sender's lock.
 */
final class SeenSpans {
    static final int GENERATION = 100_000;
    static final int REQUESTS = 64;

    private static final String REQUEST = "headroom.spans.request";

    private final Object lock = new Object();
    private Set<Long> current = new HashSet<>();
    private Set<Long> previous = new HashSet<>();

    boolean seen(ReceivedSpan span) {
        synchronized (lock) {
            return current.contains(span.identity()) || previous.contains(span.identity());
        }
    }

    /** To be called when they are durable. */
    void add(List<ReceivedSpan> spans) {
        synchronized (lock) {
            for (ReceivedSpan span : spans) {
                current.add(span.identity());
                if (current.size() >= GENERATION) {
                    previous = current;
                    current = new HashSet<>();
                }
            }
        }
    }

    boolean seenRequest(SenderStreams streams, List<ReceivedSpan> spans) {
        return streams.get(key(spans)) != null;
    }

    /** To be stored with the spans' durations. */
    void addRequest(SenderStreams streams, List<ReceivedSpan> spans, long nowNanos) {
        streams.put(key(spans), new StreamState(0, nowNanos, 0, null, null));
        streams.keepNewest(REQUEST, REQUESTS);
    }

    private static StreamKey key(List<ReceivedSpan> spans) {
        long all = spans.size();
        for (ReceivedSpan span : spans) {
            all = all * 31 + span.identity();
        }
        return new StreamKey(REQUEST, Long.toHexString(all), Map.of());
    }
}
