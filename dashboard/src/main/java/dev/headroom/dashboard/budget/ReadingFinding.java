package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.SeriesKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Judges the readings of a budget: one per slice of ten seconds and JVM. Stateless. */
final class ReadingFinding {
    /** A young service is judged from this many slices on. */
    private static final int FEWEST_SLICES = 6;

    private ReadingFinding() {}

    /** A subject's readings, all of them and by slice. */
    static final class Series {
        final List<Double> readings = new ArrayList<>();
        private final Map<Integer, List<Double>> slices = new TreeMap<>();

        void add(int slice, double reading) {
            readings.add(reading);
            slices.computeIfAbsent(slice, any -> new ArrayList<>()).add(reading);
        }

        /** Of each slice that has any, oldest first. */
        List<List<Double>> slices() {
            return List.copyOf(slices.values());
        }
    }

    /** One finding per subject that was seen in the window. */
    static Map<String, Finding> of(Check check, ReadingSource source, List<Lookup.Slice> slices) {
        return of(check, source, slices, Lookup.SLICE);
    }

    /** @param cell length of a slice */
    static Map<String, Finding> of(Check check, ReadingSource source, List<Lookup.Slice> slices, Duration cell) {
        return of(check, source::read, slices, cell);
    }

    /** How a slice of one JVM becomes readings, by a series that names what each is about. */
    interface Reader {
        Map<SeriesKey, Double> read(List<Sighting> slice, double seconds, ReadingSource.Choice choice);
    }

    static Map<String, Finding> of(Check check, Reader source, List<Lookup.Slice> slices, Duration cell) {
        Map<String, Series> subjects = series(check, source, slices);
        long windowSlices = Math.max(1, check.budget().knobs().window().toMillis() / cell.toMillis());
        double expected = Math.max(Math.min(windowSlices, FEWEST_SLICES), slices.size());
        Map<String, Finding> findings = new HashMap<>();
        subjects.forEach((subject, series) -> findings.put(
                subject, finding(check.budget(), series, series.slices().size() / expected)));
        return findings;
    }

    /** By subject. */
    static Map<String, Series> series(Check check, Reader source, List<Lookup.Slice> slices) {
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
                                    subjects.computeIfAbsent(subject, any -> new Series())
                                            .add(at, reading);
                                }
                            }));
        }
        return subjects;
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

    static double value(Measure measure, List<Double> readings) {
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

    static ReadingSource.Choice choice(Measure measure) {
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
