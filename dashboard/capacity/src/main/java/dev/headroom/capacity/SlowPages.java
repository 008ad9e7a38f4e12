package dev.headroom.capacity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The answers that took longest, with the time of day, so that they can be laid beside what else happened then. Thread-safe. */
final class SlowPages {
    private static final double LEAST_MILLIS = 50;
    private static final int TOLD = 40;

    private record Answer(Instant end, double millis, String page) {}

    private final List<Answer> answers = new ArrayList<>();

    synchronized void add(String page, double millis) {
        if (millis >= LEAST_MILLIS) {
            answers.add(new Answer(Instant.now(), millis, page));
        }
    }

    synchronized void clear() {
        answers.clear();
    }

    /** One line each, slowest first. */
    synchronized List<String> described(GcLog collections) {
        return answers.stream()
                .sorted(Comparator.comparingDouble(Answer::millis).reversed())
                .limit(TOLD)
                .map(answer -> {
                    Instant begin = answer.end.minusNanos((long) (answer.millis * 1e6));
                    return "%s GET %s... took %.0f ms, %.0f of them collections"
                            .formatted(answer.end, answer.page, answer.millis, collections.millis(begin, answer.end));
                })
                .toList();
    }
}
