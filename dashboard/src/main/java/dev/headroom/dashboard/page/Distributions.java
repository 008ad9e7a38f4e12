package dev.headroom.dashboard.page;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The distribution behind a row. Thread-safe; blocks on the store. */
@Component
public final class Distributions {
    private static final int SLICES = 60;

    private final MetricStore store;
    private final BudgetReports budgets;

    Distributions(MetricStore store, BudgetReports budgets) {
        this.store = store;
        this.budgets = budgets;
    }

    /**
     * All matching series together, with the limits of the budgets on this subject; null when there are none in the range.
     */
    public @Nullable DistributionChart of(
            String service, Metric metric, TimeRange range, String subject, Predicate<SeriesKey> matching) {
        Value.Distribution all = together(
                store.read(new Selection(service, Set.of(metric.metricName()), range, false)), metric, matching);
        return all == null || all.histogram().count() == 0 ? null : DistributionChart.of(all, limits(service, subject));
    }

    /** The same over time, slice by slice; null when there are none in the range. */
    public @Nullable HeatMap over(
            Frame frame, String service, Metric metric, String subject, Predicate<SeriesKey> matching) {
        TimeSteps steps = TimeSteps.of(frame, SLICES);
        List<HeatMap.Slice> slices = new ArrayList<>();
        for (Reading reading :
                store.slices(new Selection(service, Set.of(metric.metricName()), steps.range(), false), steps.step())) {
            slices.add(new HeatMap.Slice(reading.range(), together(reading, metric, matching)));
        }
        return slices.isEmpty() ? null : HeatMap.of(frame, slices, limits(service, subject));
    }

    private static Value.@Nullable Distribution together(
            Reading reading, Metric metric, Predicate<SeriesKey> matching) {
        Value.Distribution all = null;
        for (SeriesData series : reading.series()) {
            if (series.value() instanceof Value.Distribution distribution
                    && series.key().is(metric)
                    && matching.test(series.key())) {
                all = all == null ? distribution : all.merge(distribution);
            }
        }
        return all;
    }

    private Set<Long> limits(String service, String subject) {
        Set<Long> limits = new TreeSet<>();
        for (BudgetStatus budget : budgets.of(service).items()) {
            if (budget.subject().equals(subject)) {
                limits.addAll(budget.limitNanos());
            }
        }
        return limits;
    }
}
