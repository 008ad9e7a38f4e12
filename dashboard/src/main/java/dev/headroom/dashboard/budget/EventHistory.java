package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.budget.file.Measure;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Counts stored events against the budgets that have an error budget: as often as asked, always from what the store holds. So
 * nothing counts twice, however often it is asked, and an edited budget has a past at once. Thread-safe; blocks on the store.
 */
public final class EventHistory {
    /** Readings are judged in slices of ten seconds, which are stored for a day. */
    private static final Duration SLICES_KEPT = Duration.ofHours(23);

    private final MetricStore store;
    private final Supplier<List<Check>> checks;
    private volatile Opened opened = new Opened(List.of(), List.of());

    EventHistory(MetricStore store, Supplier<List<Check>> checks) {
        this.store = store;
        this.checks = checks;
    }

    /**
     * A budget whose allowance can be spent: a quantile or a share with an allowance above zero, or one of readings; not with
     * {@code burn: none}.
     *
     * @param definition tells what is counted from what was before the budget was edited
     * @param allowance share of events that may be bad at acceptable
     * @param period over which the allowance is spent
     */
    public record Account(String budget, long definition, double allowance, Duration period) {}

    /** What is counted together. */
    public record Counted(String budget, String subject, long definition) {}

    /** @param to the end of what was really counted: the next part begins there */
    public record Part(Instant to, Map<Counted, EventCounts> counts) {}

    private record Open(Check check, Account account) {}

    /** What is open of these checks. */
    private record Opened(List<Check> checks, List<Open> open) {}

    /** Every account of the budgets as they are now. */
    public List<Account> accounts() {
        return open().stream().map(Open::account).toList();
    }

    @SuppressWarnings("ReferenceEquality") // the list is made anew with every new budgets
    private List<Open> open() {
        List<Check> now = checks.get();
        Opened known = opened;
        if (known.checks != now) {
            known = new Opened(now, open(now));
            opened = known;
        }
        return known.open;
    }

    private static List<Open> open(List<Check> checks) {
        List<Open> open = new ArrayList<>();
        for (Check check : checks) {
            Budget budget = check.budget();
            BigDecimal allowance =
                    check.readings() != null ? budget.knobs().allowance() : budget.allowance(budget.accepted());
            Duration period = budget.knobs().burnPeriod();
            if (check.measured() && allowance != null && allowance.signum() > 0 && period != null) {
                open.add(new Open(check, new Account(budget.id(), definition(check), allowance.doubleValue(), period)));
            }
        }
        return open;
    }

    /** The same in every run of the dashboard as long as the same events are counted as the same. */
    private static long definition(Check check) {
        Budget budget = check.budget();
        String text = String.join(
                "|",
                budget.signal().key(),
                new TreeMap<>(budget.where()).toString(),
                budget.per().toString(),
                budget.measure().toString(),
                budget.target().toString(),
                budget.accepted().toString(),
                check.classes());
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    /** What is stored of the range, counted once. */
    public Part count(String service, TimeRange range) {
        return slices(service, range, range.length()).get(0);
    }

    /** The range in consecutive slices, oldest first. */
    public List<Part> slices(String service, TimeRange range, Duration step) {
        List<Open> open = open();
        List<Map<Counted, EventCounts>> counts = new ArrayList<>();
        List<Instant> ends = new ArrayList<>();
        Map<String, Instance> instances = instances(service);
        for (boolean apart : new boolean[] {false, true}) {
            Set<String> metrics = metrics(open, apart);
            if (apart && metrics.isEmpty()) {
                continue;
            }
            // Never empty: that would mean every metric.
            metrics.add("headroom.none");
            List<Reading> readings = read(new Selection(service, metrics, range, apart), step);
            for (int i = 0; i < readings.size(); i++) {
                if (counts.size() <= i) {
                    counts.add(new HashMap<>());
                    ends.add(readings.get(i).range().to());
                }
                add(counts.get(i), open, apart, readings.get(i), service, instances);
            }
        }
        addReadings(counts, open, service, range, step);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            parts.add(new Part(ends.get(i), counts.get(i)));
        }
        return parts;
    }

    private List<Reading> read(Selection selection, Duration step) {
        boolean whole = !step.minus(selection.range().length()).isNegative();
        return whole ? List.of(store.read(selection)) : store.slices(selection, step);
    }

    private Map<String, Instance> instances(String service) {
        Map<String, Instance> instances = new HashMap<>();
        store.instances(service).forEach(instance -> instances.put(instance.instance(), instance));
        return instances;
    }

    private static Set<String> metrics(List<Open> open, boolean apart) {
        Set<String> metrics = new HashSet<>();
        for (Open each : open) {
            EventSource source = each.check.source();
            if (source != null && each.check.tellsJvmsApart() == apart) {
                metrics.add(source.metric().metricName());
            }
        }
        return metrics;
    }

    private static void add(
            Map<Counted, EventCounts> counts,
            List<Open> open,
            boolean apart,
            Reading reading,
            String service,
            Map<String, Instance> instances) {
        for (SeriesData data : reading.series()) {
            String name = data.instance() == null ? "" : data.instance();
            Instance instance = instances.get(name);
            Origin origin = new Origin(service, name, instance == null ? Map.of() : instance.resource());
            Sighting sighting = new Sighting(data.key(), origin, data.value());
            for (Open each : open) {
                if (each.check.source() == null || each.check.tellsJvmsApart() != apart) {
                    continue;
                }
                Check.Found found = each.check.found(data.key(), origin);
                String subject = found.subject();
                if (subject != null && !found.present()) {
                    count(counts, each.account, subject, of(each.check, sighting));
                }
            }
        }
    }

    private static void count(Map<Counted, EventCounts> counts, Account account, String subject, EventCounts more) {
        if (more.all() > 0) {
            counts.merge(new Counted(account.budget(), subject, account.definition()), more, EventCounts::plus);
        }
    }

    /** The events of one series. */
    static EventCounts of(Check check, Sighting sighting) {
        Measure measure = check.budget().measure();
        Tally tally = Tally.of(check, measure, sighting);
        long untimed = EventCounters.timed(measure) ? tally.untimed() : 0;
        return new EventCounts(
                tally.n() - untimed, EventCounters.over(check, tally, false), EventCounters.over(check, tally, true));
    }

    private void addReadings(
            List<Map<Counted, EventCounts>> counts, List<Open> open, String service, TimeRange range, Duration step) {
        List<Open> gauges =
                open.stream().filter(each -> each.check.readings() != null).toList();
        Instant newest = newestReport(service);
        if (gauges.isEmpty() || counts.isEmpty() || range.from().isBefore(newest.minus(SLICES_KEPT))) {
            return;
        }
        Set<String> metrics = new HashSet<>();
        gauges.forEach(each -> {
            ReadingSource source = each.check.readings();
            if (source != null) {
                metrics.addAll(source.metrics());
            }
        });
        Map<String, Instance> instances = instances(service);
        for (Reading reading : store.slices(new Selection(service, metrics, range, false), Lookup.SLICE)) {
            long into = Duration.between(range.from(), reading.range().from()).toMillis();
            int at = (int) Math.max(0, Math.min(counts.size() - 1L, into / Math.max(1, step.toMillis())));
            addSlice(counts.get(at), gauges, reading, service, instances);
        }
    }

    private static void addSlice(
            Map<Counted, EventCounts> counts,
            List<Open> gauges,
            Reading reading,
            String service,
            Map<String, Instance> instances) {
        Map<Origin, List<Sighting>> byOrigin = new HashMap<>();
        for (SeriesData data : reading.series()) {
            String name = data.instance() == null ? "" : data.instance();
            Instance instance = instances.get(name);
            Origin origin = new Origin(service, name, instance == null ? Map.of() : instance.resource());
            byOrigin.computeIfAbsent(origin, any -> new ArrayList<>())
                    .add(new Sighting(data.key(), origin, data.value()));
        }
        for (Open each : gauges) {
            ReadingSource source = each.check.readings();
            if (source == null) {
                continue;
            }
            Budget budget = each.check.budget();
            ReadingSource.Choice choice = ReadingFinding.choice(budget.measure());
            byOrigin.forEach((origin, sightings) -> source.read(
                            sightings, reading.range().seconds(), choice)
                    .forEach((key, value) -> {
                        if (each.check.selects(key, origin)) {
                            count(
                                    counts,
                                    each.account,
                                    each.check.subjectOf(key, origin),
                                    new EventCounts(
                                            1,
                                            budget.target().metBy(value) ? 0 : 1,
                                            budget.accepted().metBy(value) ? 0 : 1));
                        }
                    }));
        }
    }

    private Instant newestReport(String service) {
        Instant newest = Instant.EPOCH;
        for (Instance instance : store.instances(service)) {
            newest = instance.lastReport().isAfter(newest) ? instance.lastReport() : newest;
        }
        return newest;
    }
}
