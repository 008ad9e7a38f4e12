package dev.headroom.dashboard.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which subjects each check has met, at most {@link Tally#MAX_SUBJECTS} of each; those not met for a day make room for others. Not
 * thread-safe.
 */
final class Subjects {
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private final Map<Check, Map<String, Instant>> seen = new HashMap<>();

    void met(Check check, String subject, Instant now) {
        Map<String, Instant> subjects = seen.computeIfAbsent(check, any -> new LinkedHashMap<>());
        if (subjects.size() >= Tally.MAX_SUBJECTS && !subjects.containsKey(subject)) {
            subjects.values().removeIf(last -> last.isBefore(now.minus(FORGOTTEN)));
        }
        if (subjects.size() < Tally.MAX_SUBJECTS || subjects.containsKey(subject)) {
            subjects.put(subject, now);
        }
    }

    /** What an earlier check has met counts for one that selects the same. */
    void takeOver(Check check, Subjects from, Check earlier) {
        Map<String, Instant> met = from.seen.get(earlier);
        if (met != null) {
            seen.put(check, met);
        }
    }

    boolean any(Check check) {
        return seen.containsKey(check);
    }

    List<String> of(Check check) {
        return new ArrayList<>(seen.getOrDefault(check, Map.of()).keySet());
    }
}
