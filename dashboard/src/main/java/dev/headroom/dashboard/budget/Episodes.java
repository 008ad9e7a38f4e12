package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Knobs;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long each verdict of one subject lasted, how often it failed, and how often that would have raised an alert: {@code for} and
 * {@code keep} run from the moment of the first such verdict to that of the last, as they do for a live alert. Not thread-safe.
 */
final class Episodes {
    private static final int MOST_LISTED = 50;

    private final Knobs knobs;
    private final Map<Verdict, Duration> time = new EnumMap<>(Verdict.class);
    private final List<TimeRange> fails = new ArrayList<>();
    private int failures;
    private int alerts;
    private boolean alerting;
    private Verdict last = Verdict.NO_DATA;
    private @Nullable Instant failingSince;
    private @Nullable Instant clearSince;

    Episodes(Knobs knobs) {
        this.knobs = knobs;
    }

    /** The verdict at the end of a step, which stands for the whole of it. */
    void add(Verdict verdict, TimeRange step) {
        time.merge(verdict, step.length(), Duration::plus);
        if (verdict == Verdict.FAIL) {
            fail(step);
        } else {
            failingSince = null;
            clear(verdict, step);
        }
        last = verdict;
    }

    private void fail(TimeRange step) {
        clearSince = null;
        if (last == Verdict.FAIL && !fails.isEmpty()) {
            TimeRange before = fails.remove(fails.size() - 1);
            fails.add(new TimeRange(before.from(), step.to()));
        } else {
            failures++;
            if (fails.size() == MOST_LISTED) {
                fails.remove(0);
            }
            fails.add(step);
        }
        Instant since = failingSince == null ? step.to() : failingSince;
        failingSince = since;
        if (!alerting && Duration.between(since, step.to()).compareTo(knobs.hold()) >= 0) {
            alerting = true;
            alerts++;
        }
    }

    private void clear(Verdict verdict, TimeRange step) {
        if (verdict == Verdict.NO_DATA) {
            return;
        }
        Instant since = clearSince == null ? step.to() : clearSince;
        clearSince = since;
        if (Duration.between(since, step.to()).compareTo(knobs.keep()) >= 0) {
            alerting = false;
        }
    }

    BackTests.Outcome outcome() {
        Map<Verdict, Long> seconds = new EnumMap<>(Verdict.class);
        time.forEach((verdict, length) -> seconds.put(verdict, length.toSeconds()));
        long failed = seconds.getOrDefault(Verdict.FAIL, 0L);
        String sentence = failures == 0
                ? "never FAIL"
                : "FAIL " + failures + "x, " + minutes(failed) + "; " + alerts + (alerts == 1 ? " alert" : " alerts");
        return new BackTests.Outcome(seconds, failures, alerts, List.copyOf(fails), sentence);
    }

    private static String minutes(long seconds) {
        return seconds < 120 ? seconds + " s" : (seconds + 30) / 60 + " min";
    }
}
