package dev.headroom.dashboard.ingest;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/**
 * How many agents report, and over how long they are therefore to spread when they all want to come at once: after a restart of
 * the dashboard, or when it has had enough. Thread-safe.
 */
@Component
final class Fleet {
    /** What a window may cost while all of them come: a hundred in a second, a fraction of what one core takes in. */
    static final long MILLIS_PER_AGENT = 10;

    private static final long SHORTEST_SPREAD_MILLIS = 1_000;
    private static final long LONGEST_SPREAD_MILLIS = 120_000;
    private static final long MINUTE_MILLIS = 60_000;

    /** More are not told apart: the spread is at its longest long before. */
    private static final int MOST = 20_000;

    private final InstantSource clock;
    private final Object lock = new Object();
    private Set<String> thisMinute = new HashSet<>();
    private Set<String> lastMinute = new HashSet<>();
    private long minute;

    Fleet(InstantSource clock) {
        this.clock = clock;
    }

    /** The agent has just reported. */
    void reported(String instance) {
        synchronized (lock) {
            turn();
            if (thisMinute.size() < MOST) {
                thisMinute.add(instance);
            }
        }
    }

    /** Agents that reported in this minute or the last one; the larger of the two. */
    int size() {
        synchronized (lock) {
            turn();
            return Math.max(thisMinute.size(), lastMinute.size());
        }
    }

    private void turn() {
        long now = clock.millis() / MINUTE_MILLIS;
        if (now != minute) {
            lastMinute = now == minute + 1 ? thisMinute : new HashSet<>();
            thisMinute = new HashSet<>();
            minute = now;
        }
    }

    /** What agents are told in every answer. */
    long spreadMillis() {
        return Math.max(SHORTEST_SPREAD_MILLIS, Math.min(LONGEST_SPREAD_MILLIS, size() * MILLIS_PER_AGENT));
    }

    /** For senders that know no spread: another time for each, so that they do not come back together. */
    long retryAfterSeconds() {
        return 1 + ThreadLocalRandom.current().nextLong(1 + spreadMillis() / 1_000);
    }
}
