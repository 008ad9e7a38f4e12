package dev.headroom.dashboard.metrics;

import dev.headroom.dashboard.budget.BudgetFigures;
import dev.headroom.dashboard.store.Ledger;
import dev.headroom.dashboard.store.MetricStore;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * What agents' numbers tell of deliveries, since the dashboard's start: windows that never came, repeats, and late ones. Only growth
 * is counted, so that a JVM whose ledger leaves the store takes nothing away again. Thread-safe; blocks on the store.
 */
final class LedgerMetrics implements MultiCollector {
    private static final String WINDOWS = "m";

    private record Sender(String service, String instance) {}

    private record Counts(long missing, long duplicates, long late) {
        static final Counts NONE = new Counts(0, 0, 0);

        static Counts of(Ledger ledger) {
            return new Counts(
                    ledger.gaps(), ledger.duplicates(), ledger.delivered().lateBatches());
        }

        Counts plusGrowth(Counts before, Counts now) {
            return new Counts(
                    missing + Math.max(0, now.missing - before.missing),
                    duplicates + Math.max(0, now.duplicates - before.duplicates),
                    late + Math.max(0, now.late - before.late));
        }
    }

    private final BudgetFigures figures;
    private final MetricStore store;
    // Guarded by this:
    private final Map<String, Counts> totals = new TreeMap<>();
    private Map<Sender, Counts> last = Map.of();

    /** What the store has by now is where counting begins. */
    LedgerMetrics(BudgetFigures figures, MetricStore store) {
        this.figures = figures;
        this.store = store;
        last = read(store.services());
    }

    private Map<Sender, Counts> read(List<String> services) {
        Map<Sender, Counts> counts = new HashMap<>();
        for (String service : services) {
            for (Ledger ledger : store.ledgers(service)) {
                if (ledger.signal().equals(WINDOWS)) {
                    counts.put(new Sender(service, ledger.instance()), Counts.of(ledger));
                }
            }
        }
        return counts;
    }

    @Override
    public synchronized MetricSnapshots collect() {
        Map<Sender, Counts> newest = read(figures.services());
        newest.forEach((sender, counts) -> totals.put(
                sender.service,
                totals.getOrDefault(sender.service, Counts.NONE)
                        .plusGrowth(last.getOrDefault(sender, Counts.NONE), counts)));
        last = newest;
        return MetricSnapshots.of(
                counter(
                        MetricName.WINDOWS_MISSING,
                        "Windows that agents numbered and that never came",
                        Counts::missing),
                counter(
                        MetricName.WINDOWS_DUPLICATE,
                        "Windows that came again, were recognised and not counted twice",
                        Counts::duplicates),
                counter(MetricName.WINDOWS_LATE, "Deliveries that came late, or merged", Counts::late));
    }

    private CounterSnapshot counter(String name, String help, ToLongFunction<Counts> count) {
        List<CounterDataPointSnapshot> points = new ArrayList<>();
        totals.forEach((service, counts) -> points.add(
                new CounterDataPointSnapshot(count.applyAsLong(counts), Labels.of("service", service), null, 0)));
        return new CounterSnapshot(MetricName.about(name, help), points);
    }
}
