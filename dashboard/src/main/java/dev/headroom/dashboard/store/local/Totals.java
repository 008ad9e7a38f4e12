package dev.headroom.dashboard.store.local;

import dev.headroom.dashboard.store.DistributionTotal;
import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds values up, series by series. They may come in any order: of two readings of a gauge the one whose window ends later is the
 * newer. Not thread-safe.
 */
final class Totals {
    private record Apart(Series series, String instance) {}

    /** What a series amounts to so far. */
    private static final class Sum {
        private Value value;
        private long end;
        /** Instead of the value, from the second distribution on. */
        private @Nullable DistributionTotal distribution;

        Sum(Value value, long end) {
            this.value = value;
            this.end = end;
        }

        void add(Value other, long otherEnd) {
            if (other instanceof Value.Distribution more && value instanceof Value.Distribution before) {
                if (distribution == null) {
                    distribution = new DistributionTotal(before);
                }
                distribution.add(more);
            } else {
                value = otherEnd < end ? combine(other, value()) : combine(value(), other);
                distribution = null;
            }
            end = Math.max(end, otherEnd);
        }

        Value value() {
            return distribution == null ? value : distribution.value();
        }
    }

    interface Visitor {
        /** @param instance null when merged over all instances */
        void visit(Series series, @Nullable String instance, Value value);
    }

    private final boolean perInstance;
    private final @Nullable Fold fold;
    private final Map<Series, Sum> merged = new HashMap<>();
    private final Map<Apart, Sum> apart = new HashMap<>();

    /** @param perInstance keep instances apart; gauges are kept apart always */
    Totals(boolean perInstance) {
        this(perInstance, null);
    }

    /** @param fold which series are added up together; null for none */
    Totals(boolean perInstance, @Nullable Fold fold) {
        this.perInstance = perInstance;
        this.fold = fold;
    }

    /**
     * @param instance null when the value is of several instances already
     * @param end of the window, in Unix milliseconds
     */
    void add(Series series, @Nullable String instance, Value value, long end) {
        Series counted = fold == null ? series : fold.of(series, value);
        if (instance != null && (perInstance || value instanceof Value.Gauge || series.ofJvm())) {
            add(apart, new Apart(counted, instance), value, end);
        } else {
            add(merged, counted, value, end);
        }
    }

    private static <K> void add(Map<K, Sum> sums, K key, Value value, long end) {
        Sum sum = sums.get(key);
        if (sum == null) {
            sums.put(key, new Sum(value, end));
        } else {
            sum.add(value, end);
        }
    }

    /** A sender that changes a metric's type starts it anew: the two cannot be added. */
    private static Value combine(Value before, Value later) {
        if (before instanceof Value.Sum one && later instanceof Value.Sum two) {
            return one.merge(two);
        }
        if (before instanceof Value.Gauge one && later instanceof Value.Gauge two) {
            return one.then(two);
        }
        return later;
    }

    int size() {
        return merged.size() + apart.size();
    }

    void each(Visitor visitor) {
        merged.forEach((series, sum) -> visitor.visit(series, null, sum.value()));
        apart.forEach((at, sum) -> visitor.visit(at.series(), at.instance(), sum.value()));
    }

    List<SeriesData> series() {
        List<SeriesData> all = new ArrayList<>(size());
        each((series, instance, value) -> all.add(new SeriesData(series.key(), instance, value)));
        return all;
    }
}
