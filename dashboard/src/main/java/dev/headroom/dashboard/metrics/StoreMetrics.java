package dev.headroom.dashboard.metrics;

import dev.headroom.dashboard.store.StoreReport;
import dev.headroom.dashboard.store.StoreStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How the store is, for Prometheus: sizes, how far back each level of detail reaches, and what happened. Thread-safe. */
final class StoreMetrics implements MultiCollector {
    private static final String TIER = "tier";

    private final StoreReport report;
    private final InstantSource clock;

    StoreMetrics(StoreReport report, InstantSource clock) {
        this.report = report;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        StoreStatus status = report.status();
        MetricSnapshots.Builder all = MetricSnapshots.builder()
                .metricSnapshot(bytes("headroom_store_limit_bytes", "What the store may grow to", status.maxBytes()))
                .metricSnapshot(single(
                        MetricName.STORE_ACCEPTING,
                        "1 while the store takes measurements, 0 while it has no room",
                        status.refusal() == null ? 1 : 0));
        if (status.freeBytes() >= 0) {
            all.metricSnapshot(
                    bytes("headroom_store_free_bytes", "What the store's disk has left", status.freeBytes()));
        }
        return all.metricSnapshot(
                        bytes("headroom_store_size_bytes", "Everything in the store's directory", status.bytes()))
                .metricSnapshot(sizes(status))
                .metricSnapshot(reach(status))
                .metricSnapshot(events(status))
                .build();
    }

    private static GaugeSnapshot bytes(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(name)
                .unit(Unit.BYTES)
                .help(help)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value((double) value)
                        .build())
                .build();
    }

    private static GaugeSnapshot single(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(value)
                        .build())
                .build();
    }

    private static GaugeSnapshot sizes(StoreStatus status) {
        GaugeSnapshot.Builder sizes = GaugeSnapshot.builder()
                .name("headroom_store_tier_bytes")
                .unit(Unit.BYTES)
                .help("Files of a level of detail");
        for (StoreStatus.Tier tier : status.tiers()) {
            sizes.dataPoint(point(TIER, tier.name(), (double) tier.bytes()));
        }
        return sizes.build();
    }

    private GaugeSnapshot reach(StoreStatus status) {
        Instant now = clock.instant();
        GaugeSnapshot.Builder reach = GaugeSnapshot.builder()
                .name("headroom_store_tier_reach_seconds")
                .unit(Unit.SECONDS)
                .help("How far back a level of detail reaches");
        for (StoreStatus.Tier tier : status.tiers()) {
            Instant oldest = tier.oldest();
            double seconds = oldest == null ? 0 : Math.max(0, now.getEpochSecond() - oldest.getEpochSecond());
            reach.dataPoint(point(TIER, tier.name(), seconds));
        }
        return reach.build();
    }

    private static GaugeSnapshot events(StoreStatus status) {
        Map<StoreStatus.Kind, Integer> counts = new EnumMap<>(StoreStatus.Kind.class);
        for (StoreStatus.Kind kind : StoreStatus.Kind.values()) {
            counts.put(kind, 0);
        }
        status.events().forEach(event -> counts.merge(event.kind(), 1, Integer::sum));
        GaugeSnapshot.Builder events = GaugeSnapshot.builder()
                .name("headroom_store_events")
                .help("What the store remembers to have happened to it, some hundred events at most");
        counts.forEach(
                (kind, count) -> events.dataPoint(point("kind", kind.name().toLowerCase(Locale.ROOT), count)));
        return events.build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot point(String label, String value, double number) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(Labels.of(label, value))
                .value(number)
                .build();
    }
}
