package dev.headroom.dashboard.budget;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Knobs;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
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

    private final String service;
    private final MetricStore store;
    private final List<Check> checks;
    private final Stretch stretch;
    private final Subjects seen = new Subjects();
    private final Set<String> eventMetrics = new HashSet<>();
    private final Set<String> readingMetrics = new HashSet<>();
    private final boolean apart;

    /** One check on one subject. */
    record Result(Check check, String subject, Finding finding) {}

    ServiceEvaluation(String service, MetricStore store, List<Check> checks) {
        this.service = service;
        this.store = store;
        this.checks = checks;
        this.stretch = new Stretch(checks);
        // Never empty: that would mean every metric. Threads are reported in every window.
        readingMetrics.add(Metric.JVM_THREADS.metricName());
        boolean anyApart = false;
        for (Check check : checks) {
            EventSource source = check.source();
            if (source != null) {
                eventMetrics.add(source.metric().metricName());
                if (source.presence() != null) {
                    eventMetrics.add(source.presence().metricName());
                }
                anyApart |= check.tellsJvmsApart();
            }
            if (check.readings() != null) {
                readingMetrics.addAll(check.readings().metrics());
            }
        }
        this.apart = anyApart;
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
        Lookup lookup = new Lookup(store, service, end, apart, eventMetrics, readingMetrics);
        stretch.refresh(lookup);
        boolean stale = lookup.lastReport().isBefore(now.minus(SILENT));
        List<Result> results = new ArrayList<>();
        for (Check check : checks) {
            Map<String, Finding> findings = new TreeMap<>();
            try {
                findings.putAll(findings(check, lookup));
            } catch (RuntimeException e) {
                findings.put("", Finding.noData(Reason.ERROR, "The evaluation failed: " + e));
            }
            findings.keySet().forEach(subject -> seen.met(check, subject));
            if (findings.isEmpty()) {
                boolean known = seen.any(check);
                List<String> subjects = known ? seen.of(check) : List.of("");
                subjects.forEach(subject -> findings.put(subject, nothing(check, lookup, known)));
            }
            findings.forEach((subject, finding) -> results.add(new Result(
                    check,
                    subject,
                    stale && finding.verdict() == Verdict.NO_DATA ? stale(finding, lookup, now) : finding)));
        }
        return results;
    }

    private Map<String, Finding> findings(Check check, Lookup lookup) {
        Knobs knobs = check.budget().knobs();
        if (check.readings() != null) {
            return ReadingFinding.of(check, check.readings(), lookup.slices(knobs.window(), knobs.warmup()));
        }
        if (check.source() == null) {
            return Map.of();
        }
        if (check.budget().compare() != null) {
            return comparisons(check, check.budget().compare(), lookup);
        }
        return events(check, knobs, lookup);
    }

    private Map<String, Finding> events(Check check, Knobs knobs, Lookup lookup) {
        Map<String, List<Tally>> tallies =
                Tally.count(check, lookup.events(lookup.window(knobs.window()), knobs.warmup()));
        Set<String> subjects = new TreeSet<>(tallies.keySet());
        subjects.addAll(stretch.subjects(check));
        double coverage = counts(check.budget().measure()) ? coverage(knobs, lookup) : 1;
        List<Tally> none =
                Tally.parts(check.budget()).stream().map(any -> Tally.NONE).toList();
        Map<String, Finding> findings = new TreeMap<>();
        for (String subject : subjects) {
            Finding finding = EventFinding.of(check, tallies.getOrDefault(subject, none), knobs.window(), coverage);
            findings.put(subject, finding.tooFew() ? stretched(check, subject, finding, lookup) : finding);
        }
        return findings;
    }

    private Finding stretched(Check check, String subject, Finding quiet, Lookup lookup) {
        Finding best = quiet;
        for (Stretch.Found found : stretch.of(check, subject, lookup)) {
            Finding finding = EventFinding.of(check, found.tallies(), found.length(), 1);
            if (!finding.tooFew()) {
                return finding;
            }
            best = finding.n() > best.n() ? finding : best;
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

    private static Map<String, Finding> comparisons(Check check, Budget.Compare compare, Lookup lookup) {
        Knobs knobs = check.budget().knobs();
        TimeRange range = lookup.window(knobs.window());
        TimeRange before = baseline(compare, range);
        Map<String, List<Tally>> now = Tally.count(check, lookup.events(range, knobs.warmup()));
        Map<String, List<Tally>> then =
                before == null ? Map.of() : Tally.count(check, lookup.events(before, knobs.warmup()));
        Map<String, Finding> findings = new TreeMap<>();
        now.forEach((subject, tallies) -> {
            List<Tally> baseline = then.get(subject);
            findings.put(
                    subject,
                    before == null || baseline == null
                            ? Finding.noData(Reason.TOO_FEW, "no baseline to compare with yet")
                            : ComparisonFinding.change(
                                    check.budget(),
                                    tallies.get(0),
                                    baseline.get(0),
                                    range.seconds(),
                                    before.seconds()));
        });
        return findings;
    }

    /** Null where the baseline is not stored. */
    private static @Nullable TimeRange baseline(Budget.Compare compare, TimeRange window) {
        String argument = compare.argument();
        if (compare.kind() == Budget.Compare.Kind.PREVIOUS_WINDOW) {
            return TimeRange.upTo(window.from(), window.length());
        }
        if (compare.kind() != Budget.Compare.Kind.RANGE || argument == null) {
            return null;
        }
        int slash = argument.indexOf('/');
        try {
            return slash < 0
                    ? null
                    : new TimeRange(
                            Instant.parse(argument.substring(0, slash)), Instant.parse(argument.substring(slash + 1)));
        } catch (DateTimeParseException e) {
            return null;
        }
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
                && !Tally.count(check, lookup.events(lookup.window(knobs.window()), Duration.ZERO))
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
