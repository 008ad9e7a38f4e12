package dev.headroom.dashboard.budget;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Knobs;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.MetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Judges every check on one service, again and again; remembers what it has seen. Not thread-safe. */
final class ServiceEvaluation {
    private static final Duration SILENT = Duration.ofSeconds(30);
    private static final int COMPARED_IN_WINDOW = 30;

    private final String service;
    private final MetricStore store;
    private final List<Check> checks;
    private final Baselines baselines;
    private final Comparisons comparisons;
    private final ReadingComparison readings;
    private final Stretch stretch = new Stretch();
    /** When each subject of a check last had events, if that is within its stretch. */
    private final Map<Check, Map<String, Instant>> lively = new HashMap<>();

    /** Of checks that compare, as they were found last. */
    private final Map<Check, Compared> compared = new HashMap<>();

    private final Subjects seen = new Subjects();
    private final Set<String> eventMetrics = new HashSet<>();
    private final Set<String> readingMetrics = new HashSet<>();
    private final Set<String> apartMetrics = new HashSet<>();
    private final WarmingParts warmingParts;

    /**
     * One check on one subject.
     *
     * @param crowded whether the subject stands for all beyond the cap
     */
    record Result(Check check, String subject, Finding finding, boolean crowded) {
        Result(Check check, String subject, Finding finding) {
            this(check, subject, finding, false);
        }
    }

    /**
     * @param with the baseline's name
     * @param end of the window that was compared with it
     */
    private record Compared(String with, Instant end, Map<String, Finding> findings) {}

    /** For who judges once, or far apart in time. */
    ServiceEvaluation(String service, MetricStore store, List<Check> checks, Baselines baselines) {
        this(service, store, checks, baselines, new WarmingParts());
    }

    /** @param warmingParts told of all that is stored of the service */
    ServiceEvaluation(
            String service, MetricStore store, List<Check> checks, Baselines baselines, WarmingParts warmingParts) {
        this.service = service;
        this.store = store;
        this.checks = checks;
        this.baselines = baselines;
        this.warmingParts = warmingParts;
        this.comparisons = new Comparisons(service, baselines);
        this.readings = new ReadingComparison(service, baselines);
        // Never empty: that would mean every metric. Threads are reported in every window.
        readingMetrics.add(Metric.JVM_THREADS.metricName());
        for (Check check : checks) {
            Set<String> metrics = check.tellsJvmsApart() ? apartMetrics : eventMetrics;
            EventSource source = check.source();
            if (source != null) {
                metrics.add(source.metric().metricName());
                if (source.presence() != null) {
                    metrics.add(source.presence().metricName());
                }
            }
            String named = check.named();
            if (named != null) {
                metrics.add(named);
                readingMetrics.add(named);
            }
            if (check.readings() != null) {
                readingMetrics.addAll(check.readings().metrics());
            }
        }
    }

    /**
     * The same service judged by other checks.
     *
     * @param before by check, the one that selected the same subjects until now
     */
    ServiceEvaluation with(List<Check> others, Map<Check, Check> before) {
        ServiceEvaluation next = new ServiceEvaluation(service, store, others, baselines, warmingParts);
        before.forEach((check, old) -> next.seen.takeOver(check, seen, old));
        return next;
    }

    /** Checks that have met their first subject in the last evaluation or before. */
    boolean hasSeen(Check check) {
        return seen.any(check);
    }

    /**
     * Reads the store and judges.
     *
     * @param end where windows end
     * @param now for what is silent
     */
    List<Result> evaluate(Instant end, Instant now) {
        return evaluate(lookup(end), now);
    }

    /** What the store holds up to that time. */
    Lookup lookup(Instant end) {
        return new Lookup(store, service, end, eventMetrics, apartMetrics, readingMetrics, warmingParts);
    }

    List<Result> evaluate(Lookup lookup, Instant now) {
        stretch.begin(lookup);
        boolean stale = lookup.lastReport().isBefore(now.minus(SILENT));
        List<Result> results = new ArrayList<>();
        for (Check check : checks) {
            Map<String, Finding> findings = new TreeMap<>();
            try {
                findings.putAll(findings(check, lookup));
            } catch (RuntimeException e) {
                findings.put("", Finding.noData(Reason.ERROR, "The evaluation failed: " + e));
            }
            findings.keySet().forEach(subject -> seen.met(check, subject, now));
            if (findings.isEmpty()) {
                boolean known = seen.any(check);
                List<String> subjects = known ? seen.of(check) : List.of("");
                subjects.forEach(subject -> findings.put(subject, nothing(check, lookup, known)));
            }
            findings.forEach((subject, finding) -> results.add(new Result(
                    check,
                    subject,
                    stale && finding.verdict() == Verdict.NO_DATA ? stale(finding, lookup, now) : finding,
                    subject.equals(Facts.OTHER) && findings.size() > Tally.MAX_SUBJECTS)));
        }
        return results;
    }

    private Map<String, Finding> findings(Check check, Lookup lookup) {
        Knobs knobs = check.budget().knobs();
        Budget.Compare compare = check.budget().compare();
        if (compare != null && (check.readings() != null || check.source() != null)) {
            return compared(check, compare, lookup);
        }
        if (check.readings() != null) {
            return ReadingFinding.of(check, check.readings(), lookup.slices(knobs.window(), knobs.warmup()));
        }
        String named = check.named();
        if (named != null) {
            return MetricFinding.of(check, named, lookup);
        }
        if (check.source() == null) {
            return Map.of();
        }
        if (check.budget().measure() instanceof Measure.Ratio
                && Side.sliced(check.budget().measure())) {
            return ratios(check, lookup);
        }
        return events(check, knobs, lookup);
    }

    /** Two times are read slice by slice for it: it is made again when a thirtieth of its window has passed. */
    private Map<String, Finding> compared(Check check, Budget.Compare compare, Lookup lookup) {
        Duration window = check.budget().knobs().window();
        Duration rest = window.dividedBy(COMPARED_IN_WINDOW);
        String with = baselines.find(service, compare, lookup.window(window)).words();
        Compared last = compared.get(check);
        if (last != null
                && last.with.equals(with)
                && !lookup.end().isBefore(last.end)
                && lookup.end().isBefore(last.end.plus(rest))) {
            return last.findings;
        }
        Map<String, Finding> findings = check.readings() != null
                ? readings.findings(check, check.readings(), compare, lookup)
                : comparisons.findings(check, compare, lookup);
        compared.put(check, new Compared(with, lookup.end(), findings));
        return findings;
    }

    private static Map<String, Finding> ratios(Check check, Lookup lookup) {
        Map<String, Finding> findings = new TreeMap<>();
        Comparisons.sides(check, lookup.window(check.budget().knobs().window()), lookup)
                .forEach((subject, sides) ->
                        findings.put(subject, ComparisonFinding.ratio(check.budget(), sides.get(0), sides.get(1))));
        return findings;
    }

    private Map<String, Finding> events(Check check, Knobs knobs, Lookup lookup) {
        Map<String, List<Tally>> tallies = Tally.count(check, lookup.events(check, lookup.window(knobs.window())));
        Map<String, Instant> lively = lively(check, tallies.keySet(), lookup);
        double coverage = counts(check.budget().measure()) ? coverage(knobs, lookup) : 1;
        List<Tally> none =
                Tally.parts(check.budget()).stream().map(any -> Tally.NONE).toList();
        Map<String, Finding> findings = new TreeMap<>();
        Set<String> quiet = new TreeSet<>();
        for (String subject : lively.keySet()) {
            Finding finding = EventFinding.of(check, tallies.getOrDefault(subject, none), knobs.window(), coverage);
            findings.put(subject, finding);
            if (finding.tooFew()) {
                quiet.add(subject);
            }
        }
        for (String subject : quiet) {
            findings.computeIfPresent(subject, (any, finding) -> stretched(check, subject, quiet, finding, lookup));
        }
        return findings;
    }

    /** Every subject that has, or within the check's stretch had, events. */
    private Map<String, Instant> lively(Check check, Set<String> now, Lookup lookup) {
        Map<String, Instant> lively = this.lively.computeIfAbsent(check, any -> {
            Map<String, Instant> before = new TreeMap<>();
            Stretch.subjects(check, lookup).forEach(subject -> before.put(subject, lookup.end()));
            return before;
        });
        now.forEach(subject -> lively.put(subject, lookup.end()));
        Instant oldest = lookup.end().minus(check.budget().knobs().stretch());
        lively.values().removeIf(last -> last.isBefore(oldest));
        while (lively.size() > Tally.MAX_SUBJECTS + now.size()) {
            lively.remove(Collections.min(lively.entrySet(), Map.Entry.comparingByValue())
                    .getKey());
        }
        return lively;
    }

    /** Null where nothing happened for so long that it is no subject any more. */
    private @Nullable Finding stretched(
            Check check, String subject, Set<String> quiet, Finding finding, Lookup lookup) {
        Finding best = finding.n() > 0 ? finding : null;
        for (Stretch.Found found : stretch.of(check, subject, quiet, lookup)) {
            Finding longer = EventFinding.of(check, found.tallies(), found.length(), 1);
            if (!longer.tooFew()) {
                return longer;
            }
            best = best == null || longer.n() > best.n() ? longer : best;
        }
        return best;
    }

    private static boolean counts(Measure measure) {
        return measure instanceof Measure.Count || measure instanceof Measure.Rate;
    }

    private static double coverage(Knobs knobs, Lookup lookup) {
        long slices = Math.max(1, knobs.window().toMillis() / Lookup.SLICE.toMillis());
        return ReadingFinding.coverage(lookup.slices(knobs.window(), knobs.warmup()), slices);
    }

    static List<Sighting> sightings(String service, Baselines.Baseline.Kept kept) {
        Origin origin = new Origin(service, "", kept.resource());
        return kept.data().stream()
                .map(data -> new Sighting(data.key(), origin, data.value()))
                .toList();
    }

    /** Why a check found no subject at all. */
    private static Finding nothing(Check check, Lookup lookup, boolean known) {
        Knobs knobs = check.budget().knobs();
        if (!check.measured()) {
            return Finding.noData(
                    Reason.NEVER_SEEN, "nothing measures " + check.budget().measure() + " yet");
        }
        boolean young = check.source() != null
                && lookup.warmingUp(knobs.warmup())
                && !Tally.count(check, lookup.eventsOfAnyAge(check, lookup.window(knobs.window())))
                        .isEmpty();
        if (young || (check.readings() != null && lookup.warmingUp(knobs.warmup()))) {
            return Finding.noData(
                    Reason.WARMING_UP, "the first " + knobs.warmup().toSeconds() + " s of a JVM do not count");
        }
        return known
                ? Finding.noData(Reason.IDLE, "nothing happened " + Wording.over(knobs.stretch()))
                : Finding.noData(Reason.NEVER_SEEN, "nothing has matched it yet");
    }

    private static Finding stale(Finding finding, Lookup lookup, Instant now) {
        if (finding.judgement().reason() == Reason.NEVER_SEEN
                || lookup.lastReport().equals(Instant.MIN)) {
            return finding;
        }
        long seconds = Duration.between(lookup.lastReport(), now).toSeconds();
        return Finding.noData(Reason.STALE, "no report for " + seconds + " s");
    }
}
