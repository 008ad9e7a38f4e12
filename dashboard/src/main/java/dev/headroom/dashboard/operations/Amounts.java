package dev.headroom.dashboard.operations;

import dev.headroom.dashboard.store.SeriesData;
import dev.headroom.dashboard.store.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures of amounts that come once for each event. Stateless. */
final class Amounts {
    private Amounts() {}

    /** Of an event, on average; null where there was none. */
    static @Nullable Double mean(List<SeriesData> series) {
        double sum = 0;
        long count = 0;
        for (SeriesData one : series) {
            if (one.value() instanceof Value.Distribution amounts) {
                sum += amounts.histogram().sum();
                count += amounts.histogram().count();
            }
        }
        return count == 0 ? null : Double.valueOf(sum / count);
    }

    /** Of any event; null where there was none. */
    static @Nullable Double most(List<SeriesData> series) {
        Double most = null;
        for (SeriesData one : series) {
            if (one.value() instanceof Value.Distribution amounts) {
                double max = amounts.histogram().max();
                most = most == null ? max : Double.valueOf(Math.max(most, max));
            }
        }
        return most;
    }
}
