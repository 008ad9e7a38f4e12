package dev.headroom.dashboard.page;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.budget.BudgetReports;
import dev.headroom.dashboard.budget.BudgetStatus;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The distribution behind a row. Thread-safe; blocks on the store. */
@Component
public final class Distributions {
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
        Value.Distribution all = null;
        for (SeriesData series : store.read(new Selection(service, Set.of(metric.metricName()), range, false))
                .series()) {
            if (series.value() instanceof Value.Distribution distribution
                    && series.key().is(metric)
                    && matching.test(series.key())) {
                all = all == null ? distribution : all.merge(distribution);
            }
        }
        return all == null || all.histogram().count() == 0 ? null : DistributionChart.of(all, limits(service, subject));
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
