package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a service does now against what it did before. Baselines that stay the same are read once; not thread-safe.
 */
final class Comparisons {
    /** Reports about the end of a baseline may come so late. */
    static final Duration LATE = Duration.ofMinutes(2);

    private static final int MOST_SLICES = 60;

    private final String service;
    private final Baselines baselines;
    private final Map<Check, Kept> kept = new HashMap<>();

    /** @param sides by subject, one per part of the measure */
    private record Kept(String words, TimeRange range, Map<String, List<Side>> sides) {}

    Comparisons(String service, Baselines baselines) {
        this.service = service;
        this.baselines = baselines;
    }

    /** One finding per subject that is there now, or was and is counted. */
    Map<String, Finding> findings(Check check, Budget.Compare compare, Lookup lookup) {
        TimeRange window = lookup.window(check.budget().knobs().window());
        Baselines.Baseline found = baselines.find(service, compare, window);
        if (found instanceof Baselines.Baseline.Stored stored) {
            TimeRange now = after(stored.range(), window);
            return compared(check, stored.words(), now, before(check, stored, lookup), lookup);
        }
        if (found instanceof Baselines.Baseline.Kept run) {
            return compared(check, run.words(), window, before(check, run), lookup);
        }
        String why = found instanceof Baselines.Baseline.None none ? none.why() : "no baseline";
        Map<String, Finding> findings = new TreeMap<>();
        sides(check, window, lookup).keySet().forEach(subject -> findings.put(subject, missing(why)));
        return findings;
    }

    /** The part of the window that the baseline does not reach into: what came after a deploy. */
    static TimeRange after(TimeRange baseline, TimeRange window) {
        boolean within = baseline.to().isAfter(window.from()) && baseline.to().isBefore(window.to());
        return within ? new TimeRange(baseline.to(), window.to()) : window;
    }

    private Map<String, Finding> compared(
            Check check, String words, TimeRange range, Map<String, List<Side>> then, Lookup lookup) {
        Map<String, List<Side>> now = sides(check, range, lookup);
        if (Side.sliced(check.budget().measure())) {
            addQuiet(check, now, then, lookup, range);
        }
        Map<String, Finding> findings = new TreeMap<>();
        now.forEach((subject, sides) -> {
            List<Side> before = then.get(subject);
            findings.put(
                    subject,
                    before == null
                            ? missing(words + " had none of it")
                            : ComparisonFinding.change(check.budget(), sides.get(0), before.get(0), words));
        });
        return findings;
    }

    /** What happened before and does not happen any more, while the service reports, happens zero times. */
    private void addQuiet(
            Check check, Map<String, List<Side>> now, Map<String, List<Side>> then, Lookup lookup, TimeRange range) {
        Measure measure = check.budget().measure();
        if (measure instanceof Measure.Statistic) {
            return;
        }
        List<Lookup.Part> parts = lookup.parts(check, range, MOST_SLICES);
        for (String subject : then.keySet()) {
            if (!now.containsKey(subject) && !parts.isEmpty()) {
                Side side = Side.of(Tally.NONE);
                for (Lookup.Part part : parts) {
                    side = side.plus(measure, Tally.NONE, part.seconds());
                }
                now.put(subject, List.of(side));
            }
        }
    }

    private static Finding missing(String why) {
        return Finding.noData(Reason.TOO_FEW, why);
    }

    private Map<String, List<Side>> before(Check check, Baselines.Baseline.Stored stored, Lookup lookup) {
        Kept known = known(check, stored.words(), stored.range());
        if (known != null) {
            return known.sides;
        }
        Map<String, List<Side>> sides = sides(check, stored.range(), lookup);
        if (stored.range().to().isBefore(lookup.end().minus(LATE))) {
            kept.put(check, new Kept(stored.words(), stored.range(), sides));
        }
        return sides;
    }

    private Map<String, List<Side>> before(Check check, Baselines.Baseline.Kept run) {
        Kept known = known(check, run.words(), run.range());
        if (known != null) {
            return known.sides;
        }
        Origin origin = new Origin(service, "", run.resource());
        List<Sighting> sightings = new ArrayList<>();
        run.data().forEach(data -> sightings.add(new Sighting(data.key(), origin, data.value())));
        Map<String, List<Side>> sides =
                sides(check, List.of(new Lookup.Part(run.range().seconds(), sightings)));
        kept.put(check, new Kept(run.words(), run.range(), sides));
        return sides;
    }

    private @Nullable Kept known(Check check, String words, TimeRange range) {
        Kept known = kept.get(check);
        return known != null && known.words.equals(words) && known.range.equals(range) ? known : null;
    }

    /** What the subjects did in the range. */
    static Map<String, List<Side>> sides(Check check, TimeRange range, Lookup lookup) {
        if (Side.sliced(check.budget().measure())) {
            return sides(check, lookup.parts(check, range, MOST_SLICES));
        }
        Map<String, List<Side>> sides = new HashMap<>();
        Tally.count(check, lookup.events(check, range))
                .forEach((subject, tallies) ->
                        sides.put(subject, tallies.stream().map(Side::of).toList()));
        return sides;
    }

    private static Map<String, List<Side>> sides(Check check, List<Lookup.Part> parts) {
        List<Measure> measures = Tally.parts(check.budget());
        List<Map<String, List<Tally>>> counted = new ArrayList<>();
        Map<String, List<Side>> sides = new HashMap<>();
        for (Lookup.Part part : parts) {
            Map<String, List<Tally>> tallies = Tally.count(check, part.sightings());
            counted.add(tallies);
            tallies.keySet().forEach(subject -> sides.put(subject, none(measures.size())));
        }
        // A slice without events of the subject is a slice all the same.
        sides.replaceAll((subject, empty) -> {
            List<Side> sum = empty;
            for (int i = 0; i < parts.size(); i++) {
                sum = plus(
                        measures, sum, counted.get(i).get(subject), parts.get(i).seconds());
            }
            return sum;
        });
        return sides;
    }

    private static List<Side> none(int measures) {
        List<Side> none = new ArrayList<>();
        for (int i = 0; i < measures; i++) {
            none.add(Side.of(Tally.NONE));
        }
        return none;
    }

    private static List<Side> plus(
            List<Measure> measures, List<Side> sum, @Nullable List<Tally> tallies, double seconds) {
        List<Side> more = new ArrayList<>();
        for (int i = 0; i < sum.size(); i++) {
            more.add(sum.get(i).plus(measures.get(i), tallies == null ? Tally.NONE : tallies.get(i), seconds));
        }
        return more;
    }
}
