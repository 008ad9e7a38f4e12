package dev.headroom.demo.load;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was asked and answered so far. Every request is in exactly one of the two maps.
 *
 * @param answers route, then status, then number of complete answers
 * @param unanswered route, then number of requests whose connection failed: the shop may have served them or not
 */
public record LoadCounts(SortedMap<String, SortedMap<Integer, Long>> answers, SortedMap<String, Long> unanswered) {
    /** Answers of one route, all statuses. */
    public long answered(String route) {
        return answers.getOrDefault(route, new TreeMap<>()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** All answers. */
    public long answered() {
        return answers.keySet().stream().mapToLong(this::answered).sum();
    }

    /** Answers of one route with a status of 500 and more. */
    public long serverErrors(String route) {
        Map<Integer, Long> errors = answers.getOrDefault(route, new TreeMap<>()).tailMap(500);
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** All requests whose connection failed. */
    public long failed() {
        return unanswered.values().stream().mapToLong(Long::longValue).sum();
    }
}
