package dev.headroom.dashboard.budget;

import dev.headroom.dashboard.budget.file.Budget;
import dev.headroom.dashboard.store.Instance;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is behind one verdict: distribution, share over time, and who contributes. Thread-safe; blocks on the store. */
public final class BudgetInquiry {
    private final MetricStore store;
    private final Supplier<List<Check>> checks;

    BudgetInquiry(MetricStore store, Supplier<List<Check>> checks) {
        this.store = store;
        this.checks = checks;
    }

    /** The share of bad events in a slice of time; NaN without events. */
    public record Slice(Instant from, Instant to, long n, double overTarget, double overAcceptable) {}

    /**
     * @param allowance share of events that may be bad at acceptable; null for budgets without one
     * @param durations of all events together; null where they have none
     */
    public record Answer(
            Budget budget,
            @Nullable Double targetAllowance,
            @Nullable Double allowance,
            TimeRange range,
            EventCounts counts,
            Value.@Nullable Distribution durations,
            List<Slice> slices,
            List<Contributors.Split> splits) {}

    /** The budget as it is now, or null. */
    public @Nullable Budget budget(String id) {
        Check check = check(id);
        return check == null ? null : check.budget();
    }

    private @Nullable Check check(String id) {
        for (Check check : checks.get()) {
            if (check.budget().id().equals(id)) {
                return check;
            }
        }
        return null;
    }

    /** Null when there is no such budget. Budgets of readings and comparisons have neither contributors nor a course. */
    public @Nullable Answer ask(String id, String service, String subject, TimeRange range, Duration step) {
        Check check = check(id);
        if (check == null) {
            return null;
        }
        Budget budget = check.budget();
        Double atTarget = number(budget.allowance(budget.target()));
        Double allowance = number(budget.allowance(budget.accepted()));
        EventSource source = check.source();
        if (source == null || budget.compare() != null || Tally.parts(budget).size() > 1) {
            return new Answer(budget, atTarget, allowance, range, EventCounts.NONE, null, List.of(), List.of());
        }
        Map<String, Instance> instances = new HashMap<>();
        store.instances(service).forEach(each -> instances.put(each.instance(), each));
        Selection selection = new Selection(service, Set.of(source.metric().metricName()), range, true);
        Reading all = store.read(selection);
        List<Sighting> sightings = selected(check, service, subject, all, instances);
        EventCounts counts = EventCounts.NONE;
        Value.Distribution durations = null;
        for (Sighting each : sightings) {
            counts = counts.plus(EventHistory.of(check, each));
            Value.Distribution own = Tally.of(check, budget.measure(), each).durations();
            durations = durations == null ? own : own == null ? durations : durations.merge(own);
        }
        List<Slice> slices = new ArrayList<>();
        Selection parts = new Selection(service, selection.metrics(), range, check.tellsJvmsApart());
        for (Reading part : store.slices(parts, step)) {
            slices.add(slice(check, part, selected(check, service, subject, part, instances)));
        }
        double allowed = allowance == null ? 0 : allowance;
        return new Answer(
                budget,
                atTarget,
                allowance,
                all.range(),
                counts,
                durations,
                slices,
                Contributors.of(check, sightings, allowed));
    }

    private static @Nullable Double number(@Nullable BigDecimal share) {
        return share == null ? null : share.doubleValue();
    }

    private static List<Sighting> selected(
            Check check, String service, String subject, Reading reading, Map<String, Instance> instances) {
        List<Sighting> selected = new ArrayList<>();
        for (SeriesData data : reading.series()) {
            String name = data.instance() == null ? "" : data.instance();
            Instance instance = instances.get(name);
            Origin origin = new Origin(service, name, instance == null ? Map.of() : instance.resource());
            Check.Found found = check.found(data.key(), origin);
            if (subject.equals(found.subject()) && !found.present()) {
                selected.add(new Sighting(data.key(), origin, data.value()));
            }
        }
        return selected;
    }

    private static Slice slice(Check check, Reading part, List<Sighting> sightings) {
        EventCounts counts = EventCounts.NONE;
        for (Sighting each : sightings) {
            counts = counts.plus(EventHistory.of(check, each));
        }
        double n = counts.all();
        return new Slice(
                part.range().from(),
                part.range().to(),
                counts.all(),
                n == 0 ? Double.NaN : counts.overTarget() / n,
                n == 0 ? Double.NaN : counts.overAcceptable() / n);
    }
}
