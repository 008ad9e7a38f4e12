package dev.headroom.dashboard.budget;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.BudgetFile;
import dev.headroom.dashboard.budget.file.Knobs;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges budgets once over a whole stretch of stored time, such as that of a load run: one window as long as the stretch, nothing
 * further back, and the confidence that fits a single look. Thread-safe; blocks on the store.
 */
public final class RangeEvaluation {
    private static final int MOST_SLICES = 720;

    private final MetricStore store;
    private final Baselines baselines;

    /**
     * @param runs where {@code compare: { to: run:ID }} finds its run
     * @param epochs where {@code compare: { to: previous-deploy }} finds its deploy
     */
    public RangeEvaluation(MetricStore store, Baselines runs, Epochs epochs) {
        this.store = store;
        this.baselines = new TimeBaselines(runs, epochs);
    }

    /**
     * What to judge.
     *
     * @param budgets some of the file's
     * @param run stands in for every run that a budget compares with, and every value is shown beside its; null for none
     * @param today waivers are in force or not by this time
     */
    public record Question(
            String service,
            TimeRange range,
            BudgetFile file,
            List<Budget> budgets,
            Baselines.Baseline.@Nullable Kept run,
            Instant today) {}

    /**
     * A budget on a subject.
     *
     * @param counted what it weighs in the overall verdict: a waived FAIL or one without severity is a WARN; null where another budget
     *     is judged in its place
     * @param noData what NO DATA does
     * @param durations of its events; null where it has none
     * @param before the same of the run compared with
     * @param contributors who caused it; empty where it is kept, and for budgets that have none
     */
    public record Judged(
            BudgetStatus status,
            @Nullable Verdict counted,
            Knobs.NoData noData,
            Value.@Nullable Distribution durations,
            Value.@Nullable Distribution before,
            @Nullable Change change,
            List<Contributors.Split> contributors) {}

    /**
     * What came out.
     *
     * @param range the part of the asked one in which the service reported; null when it did not
     * @param instances JVMs that reported in it
     * @param data every event series, JVMs added up
     */
    public record Answer(
            Verdict overall,
            @Nullable TimeRange range,
            List<Judged> items,
            List<Instance> instances,
            List<SeriesData> data,
            Map<String, String> resource) {}

    public Answer judge(Question question) {
        TimeRange range = reported(question.service, question.range);
        List<Instance> instances = range == null ? List.of() : instances(question.service, range);
        TimeRange judged = range == null ? question.range : range;
        Facts facts = new Facts(question.file.classes());
        List<Check> checks = question.budgets.stream()
                .map(budget -> new Check(budget.with(budget.knobs().once(judged.length())), facts))
                .toList();
        Baselines found = question.run == null ? baselines : over(question.run);
        ServiceEvaluation evaluation = new ServiceEvaluation(question.service, store, checks, found);
        Lookup lookup = evaluation.lookup(judged.to());
        // Silence now says nothing about a stretch of the past.
        List<ServiceEvaluation.Result> results = evaluation.evaluate(lookup, Instant.EPOCH);
        BudgetReport report = new ReportWriter(new Precedence(checks), question.file.waivers())
                .write(question.service, question.today, results)
                .report();
        List<Judged> items = new ArrayList<>();
        Sides sides = new Sides(lookup, judged, question.run);
        for (int i = 0; i < results.size(); i++) {
            items.add(judged(results.get(i), report.items().get(i), sides));
        }
        return new Answer(
                report.overall(),
                range,
                items,
                instances,
                range == null ? List.of() : data(checks, lookup, judged),
                common(instances));
    }

    private Baselines over(Baselines.Baseline.Kept run) {
        return (service, compare, window) ->
                compare.kind() == Budget.Compare.Kind.RUN ? run : baselines.find(service, compare, window);
    }

    /** From the first window to the last: before and after them a service is no worse than it was. Null where there is none. */
    private @Nullable TimeRange reported(String service, TimeRange asked) {
        Duration share = asked.length().dividedBy(MOST_SLICES);
        Duration step = share.compareTo(Lookup.SLICE) < 0 ? Lookup.SLICE : share;
        // Of every window, however little of it is read.
        Set<String> metric = Set.of(Metric.JVM_THREADS.metricName());
        Instant from = null;
        Instant to = null;
        for (Reading slice : store.slices(new Selection(service, metric, asked, false), step)) {
            if (slice.windows() > 0) {
                from = from == null ? slice.range().from() : from;
                to = slice.range().to();
            }
        }
        if (from == null || to == null) {
            return null;
        }
        Instant begin = from.isBefore(asked.from()) ? asked.from() : from;
        Instant end = to.isAfter(asked.to()) ? asked.to() : to;
        return begin.isBefore(end) ? new TimeRange(begin, end) : null;
    }

    private List<Instance> instances(String service, TimeRange range) {
        List<Instance> known = store.instances(service);
        List<Instance> there = known.stream()
                .filter(instance -> instance.firstReport().isBefore(range.to())
                        && instance.lastReport().isAfter(range.from()))
                .toList();
        // Reports are known by when they arrived, which was later for what an agent had to keep.
        return there.isEmpty()
                ? known.stream()
                        .filter(instance -> instance.lastReport().isAfter(range.from()))
                        .toList()
                : there;
    }

    private static Judged judged(ServiceEvaluation.Result result, BudgetStatus status, Sides sides) {
        Budget budget = result.check().budget();
        boolean beaten = Reason.SUPERSEDED.key().equals(status.reason());
        String reason = status.reason();
        boolean mild = budget.knobs().severity() == Knobs.Severity.NONE
                || (reason != null && reason.startsWith(Reason.WAIVED.key()));
        Verdict counted = status.status() == Verdict.FAIL && mild ? Verdict.WARN : status.status();
        Tally now = sides.now(result);
        Tally then = sides.then(result);
        boolean comparable = now != null && then != null && budget.compare() == null && status.current() != null;
        return new Judged(
                status,
                beaten ? null : counted,
                budget.knobs().noData(),
                now == null ? null : now.durations(),
                then == null ? null : then.durations(),
                comparable && now != null && then != null
                        ? Change.of(
                                budget.measure(),
                                budget.target(),
                                now,
                                sides.range.seconds(),
                                then,
                                sides.secondsBefore())
                        : null,
                status.status() == Verdict.FAIL || status.status() == Verdict.WARN
                        ? sides.contributors(result)
                        : List.of());
    }

    /** The events of this stretch and of the run it is shown beside; counted once per check. */
    private static final class Sides {
        private final Lookup lookup;
        private final TimeRange range;
        private final Baselines.Baseline.@Nullable Kept run;
        private final Map<Check, Map<String, List<Tally>>> now = new HashMap<>();
        private final Map<Check, Map<String, List<Tally>>> then = new HashMap<>();

        Sides(Lookup lookup, TimeRange range, Baselines.Baseline.@Nullable Kept run) {
            this.lookup = lookup;
            this.range = range;
            this.run = run;
        }

        /** None where the events are compared or set against others: then no part of them is bad by itself. */
        List<Contributors.Split> contributors(ServiceEvaluation.Result result) {
            Check check = result.check();
            Budget budget = check.budget();
            BigDecimal allowance = budget.allowance(budget.accepted());
            if (check.source() == null || budget.compare() != null || budget.measure() instanceof Measure.Ratio) {
                return List.of();
            }
            List<Sighting> own = new ArrayList<>();
            for (Sighting sighting : lookup.events(check, range)) {
                Check.Found found = check.found(sighting.key(), sighting.origin());
                if (result.subject().equals(found.subject()) && !found.present()) {
                    own.add(sighting);
                }
            }
            return Contributors.of(check, own, allowance == null ? 0 : allowance.doubleValue());
        }

        double secondsBefore() {
            return run == null ? 1 : run.range().seconds();
        }

        @Nullable
        Tally now(ServiceEvaluation.Result result) {
            return only(result, now, check -> lookup.events(check, range));
        }

        @Nullable
        Tally then(ServiceEvaluation.Result result) {
            Baselines.Baseline.Kept kept = run;
            return kept == null
                    ? null
                    : only(result, then, check -> ServiceEvaluation.sightings(lookup.service(), kept));
        }

        private static @Nullable Tally only(
                ServiceEvaluation.Result result,
                Map<Check, Map<String, List<Tally>>> counted,
                java.util.function.Function<Check, List<Sighting>> sightings) {
            Check check = result.check();
            if (check.source() == null || check.budget().measure() instanceof Measure.Ratio) {
                return null;
            }
            List<Tally> tallies = counted.computeIfAbsent(check, any -> Tally.count(any, sightings.apply(any)))
                    .get(result.subject());
            return tallies == null ? null : tallies.get(0);
        }
    }

    /** All that could be compared with later, whichever budgets there will be. */
    private List<SeriesData> data(List<Check> checks, Lookup lookup, TimeRange range) {
        Duration warmup = checks.stream()
                .map(check -> check.budget().knobs().warmup())
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        Lookup all = new Lookup(
                store,
                lookup.service(),
                range.to(),
                EventSource.metrics(),
                Set.of(),
                EventSource.metrics(),
                new WarmingParts());
        Map<SeriesKey, Value> merged = new LinkedHashMap<>();
        for (Sighting sighting : all.events(range, warmup, false).sightings()) {
            merged.merge(sighting.key(), sighting.value(), RangeEvaluation::sum);
        }
        List<SeriesData> data = new ArrayList<>();
        merged.forEach((key, value) -> data.add(new SeriesData(key, null, value)));
        return data;
    }

    private static Value sum(Value one, Value other) {
        if (one instanceof Value.Distribution a && other instanceof Value.Distribution b) {
            return a.merge(b);
        }
        return one instanceof Value.Sum a && other instanceof Value.Sum b ? a.merge(b) : other;
    }

    private static Map<String, String> common(List<Instance> instances) {
        Map<String, String> common = new HashMap<>();
        for (int i = 0; i < instances.size(); i++) {
            Map<String, String> resource = instances.get(i).resource();
            if (i == 0) {
                common.putAll(resource);
            } else {
                common.entrySet().removeIf(entry -> !entry.getValue().equals(resource.get(entry.getKey())));
            }
        }
        return common;
    }
}
