package dev.headroom.dashboard.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;

/**
 * The newest events, numbered without gaps, so that a client that was away or slow continues where it stopped, or learns that it
 * cannot. Bounded. Thread-safe.
 */
final class LiveLog {
    private static final int KEPT = 64;

    private final String epoch;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long last;

    /** Events in order, and the number of the newest thing they tell of. */
    record Part(List<ServerSentEvent<String>> events, long upTo) {}

    private record Entry(long number, ServerSentEvent<String> event) {}

    /** @param epoch differs between two starts of the dashboard; without {@code -} */
    LiveLog(String epoch) {
        this.epoch = epoch;
    }

    synchronized long last() {
        return last;
    }

    synchronized void add(String name, String json) {
        last++;
        entries.addLast(new Entry(last, event(name, json, last)));
        if (entries.size() > KEPT) {
            entries.removeFirst();
        }
    }

    /** An event that stands for everything up to the newest. */
    ServerSentEvent<String> event(String name, String json, long number) {
        return ServerSentEvent.builder(json)
                .id(epoch + "-" + number)
                .event(name)
                .build();
    }

    /** The events after that number, or null when some of them are no longer kept. */
    synchronized @Nullable Part after(long number) {
        if (number > last
                || (number < last && (entries.isEmpty() || entries.getFirst().number() > number + 1))) {
            return null;
        }
        List<ServerSentEvent<String>> missed = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.number() > number) {
                missed.add(entry.event());
            }
        }
        return new Part(missed, last);
    }

    /** The number that an event's id of this start carries; -1 for any other text. */
    long number(@Nullable String id) {
        if (id == null || !id.startsWith(epoch + "-")) {
            return -1;
        }
        try {
            return Long.parseLong(id.substring(epoch.length() + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
