package dev.headroom.dashboard.page;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Selection;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.TimeRange;
import dev.headroom.dashboard.store.Value;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The distribution behind a row. Thread-safe; blocks on the store. */
@Component
public final class Distributions {
    private final MetricStore store;

    Distributions(MetricStore store) {
        this.store = store;
    }

    /** All matching series together; null when there are none in the range. */
    public @Nullable DistributionChart of(
            String service, Metric metric, TimeRange range, Predicate<SeriesKey> matching) {
        Value.Distribution all = null;
        for (SeriesData series : store.read(new Selection(service, Set.of(metric.metricName()), range, false))
                .series()) {
            if (series.value() instanceof Value.Distribution distribution
                    && series.key().is(metric)
                    && matching.test(series.key())) {
                all = all == null ? distribution : all.merge(distribution);
            }
        }
        return all == null || all.histogram().count() == 0 ? null : DistributionChart.of(all);
    }
}
