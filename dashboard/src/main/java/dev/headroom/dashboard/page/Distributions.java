package dev.headroom.dashboard.page;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.epoch.EpochBook;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Reading;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.time.Instant;
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
    private final EpochBook epochs;

    Distributions(MetricStore store, BudgetReports budgets, EpochBook epochs) {
        this.store = store;
        this.budgets = budgets;
        this.epochs = epochs;
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

    /** Durations slice by slice, as a map of all of them and as lines of their percentiles. */
    public record OverTime(@Nullable HeatMap heat, LineChart trend) {}

    /** The same over time; null when there are none in the range. */
    public @Nullable OverTime over(
            Frame frame, String service, Metric metric, String subject, Predicate<SeriesKey> matching) {
        return over(frame, service, metric, subject, matching, List.of());
    }

    /** @param moments marked beside deploys and migrations */
    public @Nullable OverTime over(
            Frame frame,
            String service,
            Metric metric,
            String subject,
            Predicate<SeriesKey> matching,
            List<LineChart.Moment> moments) {
        TimeSteps steps = TimeSteps.of(frame, SLICES);
        List<HeatMap.Slice> slices = new ArrayList<>();
        for (Reading reading :
                store.slices(new Selection(service, Set.of(metric.metricName()), steps.range(), false), steps.step())) {
            slices.add(new HeatMap.Slice(reading.range(), together(reading, metric, matching)));
        }
        return slices.isEmpty()
                ? null
                : new OverTime(
                        HeatMap.of(frame, slices, limits(service, subject)), trend(frame, service, slices, moments));
    }

    private LineChart trend(Frame frame, String service, List<HeatMap.Slice> slices, List<LineChart.Moment> moments) {
        List<Instant> starts = new ArrayList<>();
        slices.forEach(slice -> starts.add(slice.range().from()));
        Instant end = slices.get(slices.size() - 1).range().to();
        starts.add(end);
        List<LineChart.Moment> all = new ArrayList<>(moments);
        epochs.of(service).forEach(epoch -> all.add(LineChart.Moment.of(epoch)));
        return LineChart.of(
                        frame,
                        "Time of a call",
                        starts,
                        List.of(percentile("p95", 0.95, slices), percentile("p50", 0.50, slices)),
                        Figures::duration)
                .noting(all, starts.get(0), end);
    }

    private static LineChart.Series percentile(String name, double quantile, List<HeatMap.Slice> slices) {
        List<Double> values = new ArrayList<>();
        for (HeatMap.Slice slice : slices) {
            Value.Distribution calls = slice.calls();
            values.add(
                    calls == null || calls.histogram().count() == 0
                            ? Double.NaN
                            : 1000 * calls.histogram().quantile(quantile));
        }
        return new LineChart.Series(name, values);
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
