package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Knobs;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;

/**
 * Judges one budget again over stored time, as if it had been in force then. It reads the store in pieces of a few hours and keeps one
 * window (or stretch) of them; not thread-safe, and slow: never on the evaluator's thread.
 *
 * <p>What it does more simply than the evaluator: windows move in steps of a fifth of their length, on cells that the store still has,
 * and what JVMs do while they warm up counts.
 */
final class BackTest {
    private static final Duration PIECE = Duration.ofHours(3);
    private static final Duration LONGEST_STRETCH = Duration.ofHours(6);

    private final MetricStore store;
    private final String service;
    private final Check check;
    private final Duration step;
    private final ArrayDeque<Slot> slots = new ArrayDeque<>();
    private final Map<String, Episodes> episodes = new TreeMap<>();

    /** One step of time; {@code events} for budgets of events, {@code slice} for readings. */
    private record Slot(Map<String, List<Tally>> events, Lookup.Slice slice) {}

    BackTest(MetricStore store, String service, Check check) {
        this.store = store;
        this.service = service;
        this.check = check;
        Duration fifth = check.budget().knobs().window().dividedBy(5);
        this.step = fifth.compareTo(Lookup.SLICE) < 0 ? Lookup.SLICE : Duration.ofSeconds(fifth.toSeconds() / 10 * 10);
    }

    /**
     * Walks through the range.
     *
     * @param progress is told the share that is done, from 0 to 1
     * @return by subject; empty where nothing matched
     * @throws InterruptedException when the thread is asked to stop
     */
    Map<String, BackTests.Outcome> run(TimeRange range, DoubleConsumer progress) throws InterruptedException {
        Instant from = range.from();
        while (from.isBefore(range.to())) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped at " + from);
            }
            Instant to = from.plus(PIECE).isBefore(range.to()) ? from.plus(PIECE) : range.to();
            Instant reached = from;
            for (Reading reading :
                    store.slices(new Selection(service, metrics(), new TimeRange(from, to), apart()), step)) {
                add(reading);
                judge(reading.range());
                reached =
                        reading.range().to().isAfter(reached) ? reading.range().to() : reached;
            }
            from = reached.isAfter(to) ? reached : to;
            progress.accept((double) Duration.between(range.from(), from).toMillis()
                    / Duration.between(range.from(), range.to()).toMillis());
        }
        Map<String, BackTests.Outcome> outcomes = new TreeMap<>();
        episodes.forEach((subject, each) -> outcomes.put(subject, each.outcome()));
        return outcomes;
    }

    private boolean apart() {
        return check.tellsJvmsApart();
    }

    private Set<String> metrics() {
        Set<String> metrics = new TreeSet<>();
        EventSource source = check.source();
        if (source != null) {
            metrics.add(source.metric().metricName());
            if (source.presence() != null) {
                metrics.add(source.presence().metricName());
            }
        }
        if (check.readings() != null) {
            metrics.addAll(check.readings().metrics());
        }
        return metrics;
    }

    private void add(Reading reading) {
        Map<Origin, List<Sighting>> byOrigin = new HashMap<>();
        List<Sighting> all = new ArrayList<>();
        for (SeriesData data : reading.series()) {
            Origin origin = new Origin(service, data.instance() == null ? "" : data.instance(), Map.of());
            Sighting sighting = new Sighting(data.key(), origin, data.value());
            all.add(sighting);
            byOrigin.computeIfAbsent(origin, any -> new ArrayList<>()).add(sighting);
        }
        Map<String, List<Tally>> events = check.source() == null ? Map.of() : Tally.count(check, all);
        slots.addLast(new Slot(
                events, new Lookup.Slice(reading.windows() > 0, reading.range().seconds(), byOrigin)));
        while (slots.size() > steps(longest())) {
            slots.removeFirst();
        }
    }

    private Duration longest() {
        Knobs knobs = check.budget().knobs();
        Duration stretch = check.source() == null ? Duration.ZERO : knobs.stretch();
        Duration capped = stretch.compareTo(LONGEST_STRETCH) > 0 ? LONGEST_STRETCH : stretch;
        return capped.compareTo(knobs.window()) > 0 ? capped : knobs.window();
    }

    private int steps(Duration length) {
        return (int) Math.max(1, length.toMillis() / step.toMillis());
    }

    private void judge(TimeRange last) {
        Map<String, Finding> findings = check.readings() != null ? readings() : events();
        Knobs knobs = check.budget().knobs();
        findings.keySet().forEach(subject -> episodes.computeIfAbsent(subject, any -> new Episodes(knobs)));
        episodes.forEach((subject, each) -> {
            Finding finding = findings.get(subject);
            each.add(finding == null ? Verdict.NO_DATA : finding.verdict(), last);
        });
    }

    private Map<String, Finding> readings() {
        ReadingSource source = check.readings();
        List<Lookup.Slice> window = new ArrayList<>();
        newest(steps(check.budget().knobs().window())).forEach(slot -> window.add(slot.slice));
        return source == null ? Map.of() : ReadingFinding.of(check, source, window, step);
    }

    private Map<String, Finding> events() {
        Budget budget = check.budget();
        List<Slot> window = newest(steps(budget.knobs().window()));
        Map<String, List<Tally>> sums = new HashMap<>();
        for (Slot slot : window) {
            slot.events.forEach((subject, tallies) -> sums.merge(subject, tallies, Tally::plus));
        }
        double reported = window.stream().filter(slot -> slot.slice.reported()).count();
        double coverage = reported / window.size();
        Map<String, Finding> findings = new HashMap<>();
        for (String subject : subjects(sums)) {
            List<Tally> tallies = sums.get(subject);
            Finding finding = EventFinding.of(
                    check, tallies == null ? nothing() : tallies, budget.knobs().window(), coverage);
            findings.put(subject, finding.tooFew() ? stretched(subject, finding) : finding);
        }
        return findings;
    }

    private Set<String> subjects(Map<String, List<Tally>> sums) {
        Set<String> subjects = new TreeSet<>(sums.keySet());
        subjects.addAll(episodes.keySet());
        return subjects;
    }

    private List<Tally> nothing() {
        return Tally.parts(check.budget()).stream().map(any -> Tally.NONE).toList();
    }

    /** Looks further back, as far as the stretch allows, until there are enough. */
    private Finding stretched(String subject, Finding quiet) {
        List<Tally> sum = nothing();
        Finding best = quiet;
        int back = 0;
        int next = steps(check.budget().knobs().window()) * 3;
        for (Slot slot : (Iterable<Slot>) slots::descendingIterator) {
            back++;
            List<Tally> tallies = slot.events.get(subject);
            sum = tallies == null ? sum : Tally.plus(sum, tallies);
            if (back == next || back == slots.size()) {
                best = EventFinding.of(check, sum, step.multipliedBy(back), 1);
                if (!best.tooFew()) {
                    return best;
                }
                next *= 3;
            }
        }
        return best;
    }

    private List<Slot> newest(int count) {
        List<Slot> newest = new ArrayList<>();
        for (Slot slot : (Iterable<Slot>) slots::descendingIterator) {
            if (newest.size() == count) {
                break;
            }
            newest.add(slot);
        }
        return newest;
    }
}
