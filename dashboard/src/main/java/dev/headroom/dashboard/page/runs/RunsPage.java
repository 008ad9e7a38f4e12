package dev.headroom.dashboard.page.runs;

import dev.headroom.dashboard.budget.Verdict;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.run.RunArchive;
import dev.headroom.dashboard.run.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs of the shown service, newest first. */
public record RunsPage(List<Row> rows) {
    /**
     * @param verdict null while it goes on
     * @param worst what it fails for, or nothing
     */
    public record Row(
            String id,
            String name,
            String service,
            String labels,
            String begun,
            String age,
            String length,
            @Nullable Verdict verdict,
            long failing,
            long warning,
            long passing,
            String worst) {}

    static RunsPage of(List<RunArchive.Kept> runs, Instant now) {
        return new RunsPage(runs.stream().map(run -> row(run, now)).toList());
    }

    private static Row row(RunArchive.Kept run, Instant now) {
        RunResult result = run.result();
        Instant to = run.to();
        return new Row(
                run.id(),
                run.name(),
                run.service(),
                labels(run.labels()),
                run.from().truncatedTo(ChronoUnit.SECONDS).toString(),
                Figures.age(Duration.between(run.from(), now)) + " ago",
                to == null
                        ? "goes on"
                        : Figures.duration(Duration.between(run.from(), to).toMillis() * 1.0),
                result == null ? null : result.overall(),
                result == null ? 0 : result.count(Verdict.FAIL),
                result == null ? 0 : result.count(Verdict.WARN),
                result == null ? 0 : result.count(Verdict.PASS),
                result == null ? "" : worst(result));
    }

    private static String worst(RunResult result) {
        return result.items().stream()
                .filter(item -> item.counted() == Verdict.FAIL)
                .findFirst()
                .map(item -> item.title() + ": " + item.about())
                .orElse("");
    }

    static String labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + " " + label.getValue())
                .collect(Collectors.joining(", "));
    }
}
