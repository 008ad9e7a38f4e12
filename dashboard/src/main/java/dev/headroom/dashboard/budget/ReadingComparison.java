package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.TimeRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds readings against those of a baseline. Slices of time are what is drawn at random, for the readings of one slice depend on each
 * other; an average has an interval then, the other measures are a point each and never prove a FAIL. Not thread-safe.
 */
final class ReadingComparison {
    private static final int MOST_SLICES = 60;
    private static final int FEWEST_SLICES = 6;

    private final String service;
    private final Baselines baselines;
    private final Map<Check, Kept> kept = new HashMap<>();

    private record Kept(TimeRange range, Map<String, ReadingFinding.Series> series) {}

    ReadingComparison(String service, Baselines baselines) {
        this.service = service;
        this.baselines = baselines;
    }

    /** One finding per subject that has readings in the window. */
    Map<String, Finding> findings(Check check, ReadingSource source, Budget.Compare compare, Lookup lookup) {
        TimeRange window = lookup.window(check.budget().knobs().window());
        Baselines.Baseline found = baselines.find(service, compare, window);
        Map<String, Finding> findings = new TreeMap<>();
        if (!(found instanceof Baselines.Baseline.Stored stored)) {
            String why = found instanceof Baselines.Baseline.None none ? none.why() : "runs keep no readings";
            series(check, source, window, lookup)
                    .keySet()
                    .forEach(subject -> findings.put(subject, Finding.noData(Reason.TOO_FEW, why)));
            return findings;
        }
        Map<String, ReadingFinding.Series> before = before(check, source, stored.range(), lookup);
        series(check, source, Comparisons.after(stored.range(), window), lookup)
                .forEach((subject, now) ->
                        findings.put(subject, finding(check.budget(), now, before.get(subject), stored.words())));
        return findings;
    }

    private static Map<String, ReadingFinding.Series> series(
            Check check, ReadingSource source, TimeRange range, Lookup lookup) {
        return ReadingFinding.series(
                check, source::read, lookup.slices(range, check.budget().knobs().warmup(), MOST_SLICES));
    }

    /** A baseline that has ended for good is read once. */
    private Map<String, ReadingFinding.Series> before(
            Check check, ReadingSource source, TimeRange range, Lookup lookup) {
        Kept known = kept.get(check);
        if (known != null && known.range.equals(range)) {
            return known.series;
        }
        Map<String, ReadingFinding.Series> series = series(check, source, range, lookup);
        if (range.to().isBefore(lookup.end().minus(Comparisons.LATE))) {
            kept.put(check, new Kept(range, series));
        }
        return series;
    }

    private static Finding finding(
            Budget budget, ReadingFinding.Series now, ReadingFinding.@Nullable Series before, String name) {
        int were = before == null ? 0 : before.slices().size();
        if (before == null || now.slices().size() < FEWEST_SLICES || were < FEWEST_SLICES) {
            return Finding.noData(
                    Reason.TOO_FEW,
                    now.slices().size() + " slices of time now and " + were + " " + name + " are too few to compare");
        }
        return ComparisonFinding.readings(
                budget,
                confidence -> estimate(budget.measure(), now, confidence),
                confidence -> estimate(budget.measure(), before, confidence),
                now.readings.size(),
                name);
    }

    private static Estimate estimate(Measure measure, ReadingFinding.Series series, double confidence) {
        boolean average =
                measure instanceof Measure.Statistic statistic && statistic.kind() == Measure.Statistic.Kind.AVG;
        if (!average) {
            return Estimate.point(ReadingFinding.value(measure, series.readings));
        }
        List<Estimate.Sample> samples = new ArrayList<>();
        for (List<Double> slice : series.slices()) {
            samples.add(new Estimate.Sample(
                    slice.stream().mapToDouble(Double::doubleValue).sum(), slice.size()));
        }
        return Estimate.resampled(samples, confidence);
    }
}
