package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds for one evaluation of one service. Every range is read once, however many budgets ask for it; the first
 * moments of a JVM are left out. Not thread-safe.
 */
final class Lookup {
    /** Readings are judged in slices of this length. */
    static final Duration SLICE = Duration.ofSeconds(10);

    private final MetricStore store;
    private final String service;
    private final Instant end;
    private final Set<String> eventMetrics;
    private final Set<String> apartMetrics;
    private final Set<String> readingMetrics;
    private final WarmingParts warmingParts;
    private final Map<String, Instance> instances = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private final Map<Span, Events> events = new HashMap<>();
    private final Map<Span, List<Slice>> slices = new HashMap<>();
    private final Map<Cut, List<Part>> parts = new HashMap<>();

    private record Cut(TimeRange range, Duration warmup, boolean apart, Duration step) {}

    /** A range, how much of a JVM's life does not count in it, and whether JVMs are told apart. */
    private record Span(TimeRange range, Duration warmup, boolean apart) {}

    /**
     * Totals over a range.
     *
     * @param to where it really ends, aligned to stored windows: what ends later is not in it
     */
    record Events(List<Sighting> sightings, Instant to) {}

    /**
     * One slice of time.
     *
     * @param reported whether anything was stored in it
     */
    record Slice(boolean reported, double seconds, Map<Origin, List<Sighting>> byOrigin) {}

    /**
     * @param end where windows end
     * @param eventMetrics of budgets that do not tell JVMs apart: what they did is added up, which is a small part of the work
     * @param apartMetrics of those that do
     * @param warmingParts of the service, kept from one evaluation to the next
     */
    Lookup(
            MetricStore store,
            String service,
            Instant end,
            Set<String> eventMetrics,
            Set<String> apartMetrics,
            Set<String> readingMetrics,
            WarmingParts warmingParts) {
        this.store = store;
        this.service = service;
        this.end = end;
        this.eventMetrics = eventMetrics;
        this.apartMetrics = apartMetrics;
        this.readingMetrics = readingMetrics;
        this.warmingParts = warmingParts;
        for (Instance instance : store.instances(service)) {
            instances.put(instance.instance(), instance);
        }
    }

    String service() {
        return service;
    }

    Instant end() {
        return end;
    }

    TimeRange window(Duration length) {
        return TimeRange.upTo(end, length);
    }

    /** Totals over the range in the metrics of checks like this one, without what JVMs did while they warmed up. */
    List<Sighting> events(Check check, TimeRange range) {
        return eventsUpTo(check, range).sightings;
    }

    /** The same, with its end. */
    Events eventsUpTo(Check check, TimeRange range) {
        return events(range, check.budget().knobs().warmup(), check.tellsJvmsApart());
    }

    /** The same, with what JVMs did while they warmed up. */
    List<Sighting> eventsOfAnyAge(Check check, TimeRange range) {
        return events(range, Duration.ZERO, check.tellsJvmsApart()).sightings;
    }

    /** Totals over the range. */
    Events events(TimeRange range, Duration warmup, boolean apart) {
        return events.computeIfAbsent(new Span(range, warmup, apart), this::readEvents);
    }

    private Events readEvents(Span span) {
        List<Sighting> sightings = new ArrayList<>();
        if (span.warmup.isZero()) {
            Reading all = read(span.range, span.apart, span.apart, Set.of());
            add(sightings, all, Set.of());
            return new Events(sightings, all.range().to());
        }
        // Each part begins where the one before really ended, so that a window across a cut counts once.
        Instant from = span.range.from();
        for (WarmUps.Part part : WarmUps.parts(span.range, span.warmup, instances.values())) {
            Instant to = part.range().to();
            if (!from.isBefore(to)) {
                continue;
            }
            if (part.empty()) {
                from = to;
                continue;
            }
            Instant settled = WarmingParts.settled(end);
            if (!part.warming().isEmpty() && from.isBefore(settled) && settled.isBefore(to)) {
                from = read(sightings, new TimeRange(from, settled), part.warming(), span);
            }
            if (from.isBefore(to)) {
                from = read(sightings, new TimeRange(from, to), part.warming(), span);
            }
        }
        return new Events(sightings, from);
    }

    /** Adds what others than those that warm up did; returns where that really ends. */
    private Instant read(List<Sighting> sightings, TimeRange range, Set<String> warming, Span span) {
        Events events = span.apart || warming.isEmpty()
                ? read(span, range, span.apart, warming)
                : warmingParts.of(
                        range, warming, eventMetrics, end, origin(null), () -> read(span, range, true, warming));
        sightings.addAll(events.sightings);
        return events.to;
    }

    /** @param span where a reading must end that ends within a cell */
    private Events read(Span span, TimeRange range, boolean perInstance, Set<String> warming) {
        Instant last = span.range.to();
        Reading reading = read(range, span.apart, perInstance, warming);
        Instant whole = wholeCell(reading.range().to());
        if (whole.isAfter(reading.range().to()) && whole.isBefore(last)) {
            reading = read(new TimeRange(range.from(), whole), span.apart, perInstance, warming);
        }
        List<Sighting> sightings = new ArrayList<>();
        add(sightings, reading, warming);
        return new Events(sightings, reading.range().to());
    }

    /**
     * A slice of a range.
     *
     * @param sightings all that happened in it
     */
    record Part(double seconds, List<Sighting> sightings) {}

    /** The range's slices in which the service reported, at most so many, without what JVMs did while they warmed up. */
    List<Part> parts(Check check, TimeRange range, int most) {
        return parts(range, check.budget().knobs().warmup(), check.tellsJvmsApart(), most);
    }

    List<Part> parts(TimeRange range, Duration warmup, boolean apart, int most) {
        return parts.computeIfAbsent(new Cut(range, warmup, apart, step(range, most)), this::readParts);
    }

    private List<Part> readParts(Cut cut) {
        Instant warm = cut.range.from();
        for (Instance instance : instances.values()) {
            Instant counts = countsFrom(instance, cut.warmup);
            if (instance.firstReport().isBefore(cut.range.to()) && counts.isAfter(warm)) {
                warm = counts;
            }
        }
        List<Part> found = new ArrayList<>();
        Instant from = cut.range.from();
        if (!cut.apart && warm.isAfter(from) && wholeCell(warm).isBefore(cut.range.to())) {
            // JVM by JVM only as long as one was young: the sum of all is a small part of the work.
            List<Reading> young = slices(new TimeRange(from, wholeCell(warm)), cut, true);
            Instant end = young.get(young.size() - 1).range().to();
            List<Reading> rest =
                    end.isBefore(cut.range.to()) ? slices(new TimeRange(end, cut.range.to()), cut, false) : List.of();
            if (rest.isEmpty() || rest.get(0).range().from().equals(end)) {
                add(found, young, cut.warmup);
                add(found, rest, Duration.ZERO);
                return found;
            }
        }
        boolean someYoung = warm.isAfter(from);
        add(found, slices(cut.range, cut, cut.apart || someYoung), someYoung ? cut.warmup : Duration.ZERO);
        return found;
    }

    private List<Reading> slices(TimeRange range, Cut cut, boolean perInstance) {
        return store.slices(new Selection(service, metrics(cut.apart), range, perInstance), cut.step);
    }

    private Set<String> metrics(boolean apart) {
        return apart ? apartMetrics : eventMetrics;
    }

    private void add(List<Part> parts, List<Reading> readings, Duration warmup) {
        for (Reading reading : readings) {
            if (reading.windows() > 0) {
                List<Sighting> sightings = new ArrayList<>();
                add(
                        sightings,
                        reading,
                        warmup.isZero() ? Set.of() : warming(reading.range().from(), warmup));
                parts.add(new Part(reading.range().seconds(), sightings));
            }
        }
    }

    private Set<String> warming(Instant from, Duration warmup) {
        Set<String> warming = new HashSet<>();
        for (Instance instance : instances.values()) {
            if (countsFrom(instance, warmup).isAfter(from)) {
                warming.add(instance.instance());
            }
        }
        return warming;
    }

    private static Instant wholeCell(Instant time) {
        long cell = SLICE.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli() + cell - 1, cell) * cell);
    }

    private Reading read(TimeRange range, boolean apart, boolean perInstance, Set<String> without) {
        Selection all = new Selection(service, metrics(apart), range, perInstance);
        return store.read(perInstance ? all.leavingOut(without) : all);
    }

    private void add(List<Sighting> sightings, Reading reading, Set<String> warming) {
        for (SeriesData data : reading.series()) {
            String instance = data.instance();
            if (instance == null || warming.isEmpty() || !warming.contains(instance)) {
                sightings.add(new Sighting(data.key(), origin(instance), data.value()));
            }
        }
    }

    private Origin origin(@Nullable String instance) {
        return origins.computeIfAbsent(instance == null ? "" : instance, this::newOrigin);
    }

    private Origin newOrigin(String instance) {
        Instance known = instances.get(instance);
        return new Origin(service, instance, known == null ? Map.of() : known.resource());
    }

    /** When the JVM's calls begin to count, on a whole slice so that JVMs started together are read together. */
    private static Instant countsFrom(Instance instance, Duration warmup) {
        if (warmup.isZero()) {
            return Instant.MIN;
        }
        long seconds = instance.firstReport().plus(warmup).getEpochSecond();
        long step = SLICE.toSeconds();
        return Instant.ofEpochSecond((seconds + step - 1) / step * step);
    }

    /** Whether a JVM is still in its first moments at the window's end. */
    boolean warmingUp(Duration warmup) {
        for (Instance instance : instances.values()) {
            if (countsFrom(instance, warmup).isAfter(end)) {
                return true;
            }
        }
        return false;
    }

    /** Newest report of any JVM; long ago when there is none. */
    Instant lastReport() {
        Instant last = Instant.MIN;
        for (Instance instance : instances.values()) {
            last = instance.lastReport().isAfter(last) ? instance.lastReport() : last;
        }
        return last;
    }

    /** The window's slices since the service first reported and was warm, oldest first. */
    List<Slice> slices(Duration length, Duration warmup) {
        return slices.computeIfAbsent(new Span(window(length), warmup, true), this::readSlices);
    }

    /** Slices of any range, at most so many, as {@link #slices(Duration, Duration)}. */
    List<Slice> slices(TimeRange range, Duration warmup, int most) {
        return readSlices(new Span(range, warmup, true), step(range, most));
    }

    private static Duration step(TimeRange range, int most) {
        Duration step = SLICE;
        while (range.length().compareTo(step.multipliedBy(most)) > 0) {
            step = step.multipliedBy(2);
        }
        return step;
    }

    private List<Slice> readSlices(Span span) {
        return readSlices(span, SLICE);
    }

    private List<Slice> readSlices(Span span, Duration step) {
        Instant first = Instant.MAX;
        for (Instance instance : instances.values()) {
            Instant from = countsFrom(instance, span.warmup);
            Instant begin = from.equals(Instant.MIN) ? instance.firstReport() : from;
            first = begin.isBefore(first) ? begin : first;
        }
        List<Slice> found = new ArrayList<>();
        // Readings are of gauges and JVMs, which are kept apart by instance in any case.
        for (Reading reading : store.slices(new Selection(service, readingMetrics, span.range, false), step)) {
            if (reading.range().to().isAfter(first)) {
                found.add(slice(reading, span.warmup));
            }
        }
        return found;
    }

    private Slice slice(Reading reading, Duration warmup) {
        Map<Origin, List<Sighting>> byOrigin = new HashMap<>();
        for (SeriesData data : reading.series()) {
            Origin origin = origin(data.instance());
            Instance instance = instances.get(origin.instance());
            if (instance == null
                    || !countsFrom(instance, warmup).isAfter(reading.range().from())) {
                byOrigin.computeIfAbsent(origin, any -> new ArrayList<>())
                        .add(new Sighting(data.key(), origin, data.value()));
            }
        }
        return new Slice(reading.windows() > 0, reading.range().seconds(), byOrigin);
    }
}
