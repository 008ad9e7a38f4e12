package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Knobs;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges a metric that the budget names itself by what it turns out to be: a gauge by readings over slices of time, a counter by the
 * number of its events, a histogram by its values. Stateless.
 */
final class MetricFinding {
    private MetricFinding() {}

    /** One finding per subject that was seen in the window. */
    static Map<String, Finding> of(Check check, String metric, Lookup lookup) {
        Knobs knobs = check.budget().knobs();
        Measure measure = check.budget().measure();
        Map<String, List<Tally>> subjects = new HashMap<>();
        boolean gauge = false;
        for (Sighting sighting : lookup.events(check, lookup.window(knobs.window()))) {
            SeriesKey key = sighting.key();
            if (!key.metric().equals(metric) || !check.selects(key, sighting.origin())) {
                continue;
            }
            gauge |= sighting.value() instanceof Value.Gauge;
            String subject = check.subjectOf(key, sighting.origin());
            boolean full = subjects.size() >= Tally.MAX_SUBJECTS && !subjects.containsKey(subject);
            subjects.merge(full ? Facts.OTHER : subject, List.of(Tally.of(check, measure, sighting)), Tally::plus);
        }
        List<Lookup.Slice> slices = lookup.slices(knobs.window(), knobs.warmup());
        if (gauge) {
            return ReadingFinding.of(
                    check, (slice, seconds, choice) -> gauges(metric, slice, choice), slices, Lookup.SLICE);
        }
        long windowSlices = Math.max(1, knobs.window().toMillis() / Lookup.SLICE.toMillis());
        double coverage = ReadingFinding.coverage(slices, windowSlices);
        Map<String, Finding> findings = new TreeMap<>();
        subjects.forEach(
                (subject, tallies) -> findings.put(subject, EventFinding.of(check, tallies, knobs.window(), coverage)));
        return findings;
    }

    private static Map<SeriesKey, Double> gauges(String metric, List<Sighting> slice, ReadingSource.Choice choice) {
        Map<SeriesKey, Double> readings = new HashMap<>();
        for (Sighting sighting : slice) {
            if (sighting.key().metric().equals(metric) && sighting.value() instanceof Value.Gauge gauge) {
                readings.put(sighting.key(), choice.of(gauge));
            }
        }
        return readings;
    }
}
