package dev.headroom.dashboard.run;

import dev.headroom.dashboard.budget.Baselines.Baseline;
import dev.headroom.dashboard.budget.Epochs;
import dev.headroom.dashboard.budget.RangeEvaluation;
import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.refusal.RefusedException;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Judges stretches of time, and keeps those that have a name. Thread-safe; blocks on the store. */
@Component
public final class Runs {
    private static final int LONGEST_NAME = 200;
    private static final int MOST_LABELS = 20;
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final long WINDOW_MILLIS = 5_000;
    private static final Duration SILENT = Duration.ofSeconds(20);

    private final RangeEvaluation evaluation;
    private final RunArchive archive;
    private final RunBaselines baselines;
    private final MetricStore store;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Runs(
            MetricStore store,
            RunArchive archive,
            RunBaselines baselines,
            ObjectProvider<Epochs> epochs,
            InstantSource clock) {
        this.evaluation = new RangeEvaluation(store, baselines, epochs.getIfAvailable(() -> Epochs.NONE));
        this.store = store;
        this.archive = archive;
        this.baselines = baselines;
        this.clock = clock;
    }

    /**
     * How to judge.
     *
     * @param kind live or load; null for load where the file has such budgets and the result is kept, else live
     * @param baseline id or name of a run, with or without {@code run:}; null for none
     */
    public record Judging(
            BudgetFile file,
            @Nullable String kind,
            @Nullable String baseline) {}

    /** Begins a run now. */
    public RunArchive.Kept start(String service, String name, Map<String, String> labels) {
        RunArchive.Kept run = new RunArchive.Kept(
                id(), name(name), named("service", service), clock.instant(), null, labels(labels), null);
        archive.put(run, List.of());
        return run;
    }

    /** Ends the run, judges its whole time and keeps what came of it. */
    public RunArchive.Kept finish(String id, Instant to, Judging judging) {
        RunArchive.Kept run = open(id);
        TimeRange range = new TimeRange(run.from(), after(run.from(), to));
        return judgeAndKeep(run, range, judging);
    }

    /** The run of that id, which goes on. */
    public RunArchive.Kept open(String id) {
        RunArchive.Kept run = archive.find(id)
                .orElseThrow(() -> RefusedException.unknown(
                        "No such run",
                        id,
                        "the id of a run",
                        "GET /api/v1/runs lists them; POST /api/v1/runs begins one."));
        if (run.to() != null) {
            throw RefusedException.conflict(
                    "The run is finished",
                    id + ", finished " + run.to(),
                    "a run that goes on",
                    "Its result is at /api/v1/runs/" + id + ".");
        }
        return run;
    }

    private static Instant after(Instant from, Instant to) {
        return from.isBefore(to) ? to : from.plusMillis(1);
    }

    /** Judges the range and keeps it as a run of that name. */
    public RunArchive.Kept keep(
            String service, TimeRange range, String name, Map<String, String> labels, Judging judging) {
        RunArchive.Kept run = new RunArchive.Kept(id(), name(name), service, range.from(), null, labels(labels), null);
        return judgeAndKeep(run, range, judging);
    }

    private RunArchive.Kept judgeAndKeep(RunArchive.Kept run, TimeRange range, Judging judging) {
        List<SeriesData> data = new ArrayList<>();
        RunResult result =
                judge(run.service(), range, judging, new RunResult.Name(run.id(), run.name()), run.labels(), data);
        RunArchive.Kept kept =
                new RunArchive.Kept(run.id(), run.name(), run.service(), run.from(), range.to(), run.labels(), result);
        archive.put(kept, data);
        return kept;
    }

    /** Judges the range; keeps nothing. */
    public RunResult check(String service, TimeRange range, Judging judging) {
        return judge(service, range, judging, null, Map.of(), new ArrayList<>());
    }

    /** Refuses what cannot be judged however long one waits: for those who wait for the last windows first. */
    public void admit(String service, TimeRange range, Judging judging) {
        if (range.length().compareTo(LONGEST) > 0) {
            throw RefusedException.bad(
                    "The range is too long",
                    range.length().toDays() + " days",
                    "at most " + LONGEST.toDays() + " days",
                    "Move from.");
        }
        boolean unused = load(judging, false);
        base(service, judging.baseline);
    }

    private RunResult judge(
            String service,
            TimeRange range,
            Judging judging,
            RunResult.@Nullable Name run,
            Map<String, String> labels,
            List<SeriesData> data) {
        admit(service, range, judging);
        boolean load = load(judging, run != null);
        List<Budget> budgets = load ? judging.file.loadBudgets() : judging.file.budgets();
        RunArchive.Kept base = base(service, judging.baseline);
        Instant now = clock.instant();
        RangeEvaluation.Answer answer = evaluation.judge(new RangeEvaluation.Question(
                service, range, judging.file, budgets, base == null ? null : data(base), now));
        data.addAll(answer.data());
        return RunResults.of(
                new RunResults.Context(
                        service, range, now, judging.file, load ? "load" : "live", run, labels, base, budgets.size()),
                answer);
    }

    private static boolean load(Judging judging, boolean kept) {
        String kind = judging.kind;
        if (kind == null || kind.isBlank()) {
            return kept && !judging.file.loadBudgets().isEmpty();
        }
        if (!kind.equals("live") && !kind.equals("load")) {
            throw RefusedException.bad(
                    "Unknown kind of budgets", kind, "live or load", "load means the budgets under tests.load.");
        }
        return kind.equals("load");
    }

    private RunArchive.@Nullable Kept base(String service, @Nullable String baseline) {
        if (baseline == null || baseline.isBlank()) {
            return null;
        }
        String named = baseline.startsWith("run:") ? baseline.substring(4) : baseline;
        return archive.finished(service, named)
                .orElseThrow(() -> RefusedException.unknown(
                        "No such baseline",
                        baseline,
                        "the id or the name of a finished run of " + service,
                        "GET /api/v1/runs?service= lists them."));
    }

    private Baseline.Kept data(RunArchive.Kept base) {
        Baseline found = baselines.run(base.service(), base.id());
        if (found instanceof Baseline.Kept kept) {
            return kept;
        }
        throw RefusedException.unknown(
                "The baseline has no data",
                base.id(),
                "a run in which something was measured and whose data are still kept",
                "Name a newer run.");
    }

    /**
     * Whether the window in which {@code to} lies has come from every JVM that reports; nothing more is to be expected when none does.
     * Agents send a window right after its end, which lies on a whole five seconds.
     */
    public boolean reportedUntil(String service, Instant to) {
        Instant now = clock.instant();
        Instant end = Instant.ofEpochMilli(-Math.floorDiv(-to.toEpochMilli(), WINDOW_MILLIS) * WINDOW_MILLIS);
        for (Instance instance : store.instances(service)) {
            boolean reports = instance.lastReport().isAfter(now.minus(SILENT));
            if (reports && instance.lastReport().isBefore(end)) {
                return false;
            }
        }
        return true;
    }

    private String id() {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        return "r-" + HexFormat.of().formatHex(bytes);
    }

    private static String name(String name) {
        return named("name", name);
    }

    private static String named(String what, String text) {
        String stripped = text.strip();
        boolean control = stripped.chars().anyMatch(Character::isISOControl);
        if (stripped.isEmpty() || stripped.length() > LONGEST_NAME || control) {
            throw RefusedException.bad(
                    "Wrong " + what,
                    stripped.isEmpty() ? "nothing" : stripped.length() + " characters",
                    "1 to " + LONGEST_NAME + " characters, none of them a control character",
                    "For example nightly or pull request 42.");
        }
        return stripped;
    }

    private static Map<String, String> labels(Map<String, String> labels) {
        if (labels.size() > MOST_LABELS) {
            throw RefusedException.bad(
                    "Too many labels", labels.size() + " labels", "at most " + MOST_LABELS, "Leave some out.");
        }
        labels.forEach((key, value) -> {
            named("label", key);
            named("label " + key, value);
        });
        return Map.copyOf(labels);
    }
}
