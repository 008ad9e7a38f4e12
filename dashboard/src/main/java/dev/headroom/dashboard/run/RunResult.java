package dev.headroom.dashboard.run;

import dev.headroom.dashboard.budget.Change;
import dev.headroom.dashboard.budget.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of judging a stretch of time once; every report is made of it and of nothing else, and it is the JSON report itself.
 *
 * @param format of this record: {@link #FORMAT}
 * @param run that it is of; null for a check that is not kept
 * @param from begin of what was asked for
 * @param to end of what was asked for
 * @param measured the part of it in which the service reported; null for nothing
 * @param judged when
 * @param labels such as commit and branch
 * @param budgets name of the file
 * @param kind live or load: which of the file's budgets
 * @param overall the worst verdict, as on the board
 * @param pictures distributions, worst verdict first
 * @param jvms what ran
 * @param baseline run that everything is shown beside; null for none
 * @param warnings about the file or the data
 */
public record RunResult(
        int format,
        @Nullable Name run,
        String service,
        Instant from,
        Instant to,
        @Nullable Span measured,
        Instant judged,
        Map<String, String> labels,
        String budgets,
        String kind,
        Verdict overall,
        List<Item> items,
        List<Picture> pictures,
        List<Jvm> jvms,
        @Nullable Base baseline,
        List<String> warnings) {
    public static final int FORMAT = 1;

    public record Name(String id, String name) {}

    public record Span(Instant from, Instant to) {}

    /** The run compared with. */
    public record Base(String id, String name, Instant from, Instant to) {}

    /**
     * A budget on a subject.
     *
     * @param counted what it weighs; null where another budget is judged in its place
     * @param noData what NO DATA does: ignore, warn or fail
     * @param contributors who caused a FAIL or WARN, most first; empty in results of before they were kept
     */
    public record Item(
            String id,
            String title,
            String subject,
            String signal,
            String target,
            @Nullable String acceptable,
            @Nullable String current,
            Verdict status,
            @Nullable Verdict counted,
            @Nullable String reason,
            String noData,
            long n,
            long bad,
            @Nullable String evidence,
            @Nullable Double headroom,
            String severity,
            String sentence,
            @Nullable Change change,
            List<Contributor> contributors) {
        public Item {
            contributors = contributors == null ? List.of() : List.copyOf(contributors);
        }

        /** The subject for people. */
        public String about() {
            return subject.isEmpty() ? "whole service" : subject;
        }
    }

    /**
     * A part of a budget's events.
     *
     * @param key what they have in common, such as route
     * @param bad beyond acceptable
     * @param excess bad events beyond what this part was allowed
     */
    public record Contributor(String key, String name, long n, long bad, double excess) {}

    /**
     * A distribution of durations in seconds.
     *
     * @param bars of this run, ascending
     * @param before of the baseline, over the same bounds where it has any; empty without
     * @param p99 seconds, as p50 and p95
     */
    public record Picture(
            String title,
            String subject,
            Verdict status,
            long n,
            double p50,
            double p95,
            double p99,
            double max,
            List<Bar> bars,
            List<Bar> before,
            List<Line> limits) {}

    /** @param count of durations in {@code (low, high]} seconds */
    public record Bar(double low, double high, long count) {}

    /** @param over how many durations were longer, where that is known to the unit */
    public record Line(double seconds, @Nullable Long over) {}

    public record Jvm(String instance, String host, String version, String runtime, String agent) {}

    /** Items whose verdict counts as this one. */
    public long count(Verdict verdict) {
        return items.stream().filter(item -> item.counted == verdict).count();
    }

    /** Whether anything was measured at all. */
    public boolean anyMeasured() {
        return items.stream().anyMatch(item -> item.counted != null && item.counted != Verdict.NO_DATA);
    }
}
