package dev.headroom.core.export;

import dev.headroom.core.record.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lines for stderr that repeat rarely: per topic the first at once, then at most one in ten minutes, saying how many were hidden.
 * For the agent's thread only.
 */
final class Complaints {
    private static final long QUIET_NANOS = 600_000_000_000L;

    private final Consumer<String> out;
    private final Clock clock;
    private final Map<String, Topic> topics = new HashMap<>();

    Complaints(Consumer<String> out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    void about(String topic, String line) {
        Topic known = topics.get(topic);
        long now = clock.nanos();
        if (known == null) {
            topics.put(topic, new Topic(now));
            out.accept(line);
        } else if (now - known.saidNanos >= QUIET_NANOS) {
            out.accept(line + " (" + known.hidden + " like it were not shown)");
            known.saidNanos = now;
            known.hidden = 0;
        } else {
            known.hidden++;
        }
    }

    /** Says it the first time and never again. */
    void once(String topic, String line) {
        if (!topics.containsKey(topic)) {
            about(topic, line);
        }
    }

    private static final class Topic {
        long saidNanos;
        int hidden;

        Topic(long saidNanos) {
            this.saidNanos = saidNanos;
        }
    }
}
