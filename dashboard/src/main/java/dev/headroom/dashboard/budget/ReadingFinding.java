package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges the readings of a budget: one per slice of ten seconds and JVM. Stateless. */
final class ReadingFinding {
    /** A young service is judged from this many slices on. */
    private static final int FEWEST_SLICES = 6;

    private ReadingFinding() {}

    /** A subject's readings and in how many slices it had one. */
    private static final class Series {
        final List<Double> readings = new ArrayList<>();
        final Set<Integer> slices = new HashSet<>();
    }

    /** One finding per subject that was seen in the window. */
    static Map<String, Finding> of(Check check, ReadingSource source, List<Lookup.Slice> slices) {
        ReadingSource.Choice choice = choice(check.budget().measure());
        Map<String, Series> subjects = new HashMap<>();
        for (int i = 0; i < slices.size(); i++) {
            Lookup.Slice slice = slices.get(i);
            int at = i;
            slice.byOrigin()
                    .forEach((origin, sightings) -> source.read(sightings, slice.seconds(), choice)
                            .forEach((key, reading) -> {
                                if (check.selects(key, origin)) {
                                    String subject = bounded(subjects, check.subjectOf(key, origin));
                                    Series series = subjects.computeIfAbsent(subject, any -> new Series());
                                    series.readings.add(reading);
                                    series.slices.add(at);
                                }
                            }));
        }
        long windowSlices = Math.max(1, check.budget().knobs().window().toMillis() / Lookup.SLICE.toMillis());
        double expected = Math.max(Math.min(windowSlices, FEWEST_SLICES), slices.size());
        Map<String, Finding> findings = new HashMap<>();
        subjects.forEach((subject, series) ->
                findings.put(subject, finding(check.budget(), series, series.slices.size() / expected)));
        return findings;
    }

    /** Share of the slices in which the service reported anything. */
    static double coverage(List<Lookup.Slice> slices, long windowSlices) {
        double expected = Math.max(Math.min(windowSlices, FEWEST_SLICES), slices.size());
        return slices.stream().filter(Lookup.Slice::reported).count() / Math.max(1, expected);
    }

    private static String bounded(Map<String, Series> subjects, String subject) {
        boolean full = subjects.size() >= Tally.MAX_SUBJECTS && !subjects.containsKey(subject);
        return full ? Facts.OTHER : subject;
    }

    private static Finding finding(Budget budget, Series series, double coverage) {
        double value = value(budget.measure(), series.readings);
        Judgement judgement =
                Judge.reading(value, Math.min(1, coverage), budget.target(), budget.accepted(), budget.knobs());
        int n = series.readings.size();
        Finding plain = Values.finding(budget, judgement, value, n, n + (n == 1 ? " reading" : " readings"));
        long over = series.readings.stream()
                .filter(reading -> !budget.target().metBy(reading))
                .count();
        long bad = series.readings.stream()
                .filter(reading -> !budget.accepted().metBy(reading))
                .count();
        return new Finding(judgement, value, false, n, over, bad, plain.headroom(), plain.sentence());
    }

    private static double value(Measure measure, List<Double> readings) {
        double[] sorted =
                readings.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (measure instanceof Measure.Quantile quantile) {
            int rank = (int) Math.ceil(quantile.q().doubleValue() * sorted.length);
            return sorted[Math.max(1, rank) - 1];
        }
        if (measure instanceof Measure.Statistic statistic) {
            return switch (statistic.kind()) {
                case AVG -> Arrays.stream(sorted).average().orElse(Double.NaN);
                case MIN -> sorted[0];
                case MAX -> sorted[sorted.length - 1];
            };
        }
        return Double.NaN;
    }

    private static ReadingSource.Choice choice(Measure measure) {
        if (measure instanceof Measure.Statistic statistic) {
            return switch (statistic.kind()) {
                case AVG -> ReadingSource.Choice.MEAN;
                case MIN -> ReadingSource.Choice.SMALLEST;
                case MAX -> ReadingSource.Choice.LARGEST;
            };
        }
        return ReadingSource.Choice.LARGEST;
    }
}
