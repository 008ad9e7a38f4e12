package dev.headroom.dashboard.metrics;

import dev.headroom.dashboard.ingest.SeriesCap;
import dev.headroom.dashboard.ingest.SeriesUse;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/** How full services' series are, for the alert before detail is lost. Thread-safe. */
final class SeriesMetrics implements MultiCollector {
    private final SeriesCap cap;

    SeriesMetrics(SeriesCap cap) {
        this.cap = cap;
    }

    @Override
    public MetricSnapshots collect() {
        List<GaugeDataPointSnapshot> used = new ArrayList<>();
        List<GaugeDataPointSnapshot> limit = new ArrayList<>();
        List<CounterDataPointSnapshot> folded = new ArrayList<>();
        for (SeriesUse use : cap.use()) {
            Labels service = Labels.of("service", use.service());
            used.add(new GaugeDataPointSnapshot(use.used(), service, null));
            limit.add(new GaugeDataPointSnapshot(use.limit(), service, null));
            folded.add(new CounterDataPointSnapshot(use.foldedPoints(), service, null, 0));
        }
        return MetricSnapshots.of(
                new GaugeSnapshot(MetricName.about(MetricName.SERIES, "Active series of the service"), used),
                new GaugeSnapshot(MetricName.about(MetricName.SERIES_LIMIT, "Series beyond it are added up"), limit),
                new CounterSnapshot(
                        MetricName.about(MetricName.FOLDED_POINTS, "Points added up in overflow series"), folded));
    }
}
