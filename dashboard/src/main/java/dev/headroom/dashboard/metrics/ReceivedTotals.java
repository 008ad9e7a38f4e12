package dev.headroom.dashboard.metrics;

import dev.headroom.catalog.Attribute;
import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What services have reported since the dashboard's start, for Prometheus: durations and counts merged over the JVMs of a service,
 * gauges by JVM. A batch is told of once, after its commit, so a repeated request adds nothing; a restart begins at zero, which
 * Prometheus takes for a reset. Thread-safe.
 */
final class ReceivedTotals implements MultiCollector {
    /** Of one service; what is beyond goes to one overflow series per metric. */
    static final int MAX_SERIES = 2000;

    private static final Map<String, String> OVERFLOW = Map.of(Attribute.OVERFLOW.key(), "true");
    private static final Duration GAUGE_LIFE = Duration.ofMinutes(5);

    private final Function<Metric, double[]> bounds;
    private final InstantSource clock;
    private final Object lock = new Object();
    // All guarded by lock.
    private final Map<Key, ReceivedDurations> durations = new HashMap<>();
    private final Map<Key, Double> sums = new HashMap<>();
    private final Map<Key, Reading> gauges = new HashMap<>();
    private final Map<String, Integer> seriesOfService = new HashMap<>();

    private record Key(Metric metric, String service, String instance, SeriesKey series) {
        Labels labels() {
            return PrometheusName.labels(service, instance, series.attributes());
        }
    }

    private record Reading(double value, Instant at) {}

    /** @param bounds of the classic histogram of a metric, ascending seconds */
    ReceivedTotals(Function<Metric, double[]> bounds, InstantSource clock) {
        this.bounds = bounds;
        this.clock = clock;
    }

    void add(Batch batch) {
        String service = batch.sender().service();
        synchronized (lock) {
            for (Point point : batch.points()) {
                Metric metric = Metric.named(point.key().metric());
                if (metric != null && metric.kind() == kind(point.value())) {
                    add(metric, service, batch, point);
                }
            }
        }
    }

    /** Prometheus knows one kind for a name: a sender that means another by it would take the page from all. */
    private static Metric.Kind kind(Value value) {
        if (value instanceof Value.Distribution) {
            return Metric.Kind.DURATION;
        }
        return value instanceof Value.Sum ? Metric.Kind.COUNTER : Metric.Kind.GAUGE;
    }

    private void add(Metric metric, String service, Batch batch, Point point) {
        Value value = point.value();
        if (value instanceof Value.Distribution window) {
            Key key = key(durations, new Key(metric, service, "", point.key()));
            durations
                    .computeIfAbsent(key, any -> new ReceivedDurations(bounds.apply(metric)))
                    .add(window);
        } else if (value instanceof Value.Sum sum) {
            Key key = key(sums, new Key(metric, service, "", point.key()));
            sums.merge(key, sum.amount(), Double::sum);
        } else if (value instanceof Value.Gauge gauge) {
            String instance = batch.sender().instance();
            Key key = key(gauges, new Key(metric, service, instance, point.key()));
            gauges.put(key, new Reading(gauge.last(), clock.instant()));
        }
    }

    /** The key itself, or the one of the overflow series when the service has too many. */
    private Key key(Map<Key, ?> known, Key key) {
        if (known.containsKey(key)) {
            return key;
        }
        if (seriesOfService.getOrDefault(key.service, 0) >= MAX_SERIES) {
            return new Key(key.metric, key.service, "", new SeriesKey(key.series.metric(), OVERFLOW));
        }
        seriesOfService.merge(key.service, 1, Integer::sum);
        return key;
    }

    @Override
    public MetricSnapshots collect() {
        Printable<HistogramSnapshot.HistogramDataPointSnapshot> histograms = new Printable<>();
        Printable<CounterSnapshot.CounterDataPointSnapshot> counters = new Printable<>();
        Printable<GaugeSnapshot.GaugeDataPointSnapshot> readings = new Printable<>();
        synchronized (lock) {
            forgetOldGauges();
            durations.forEach((key, total) -> histograms.add(key, total::snapshot));
            sums.forEach((key, total) ->
                    counters.add(key, labels -> new CounterSnapshot.CounterDataPointSnapshot(total, labels, null, 0)));
            gauges.forEach((key, reading) ->
                    readings.add(key, labels -> new GaugeSnapshot.GaugeDataPointSnapshot(reading.value, labels, null)));
        }
        List<MetricSnapshot> all = new ArrayList<>();
        histograms.each((metric, points) -> all.add(new HistogramSnapshot(PrometheusName.about(metric), points)));
        counters.each((metric, points) -> all.add(new CounterSnapshot(PrometheusName.about(metric), points)));
        readings.each((metric, points) -> all.add(new GaugeSnapshot(PrometheusName.about(metric), points)));
        return new MetricSnapshots(all);
    }

    /**
     * What Prometheus' format can say. Senders choose names and numbers: a negative total, counts beyond a long, or two names that are
     * one as labels must not take everybody else's series off the page.
     */
    private static final class Printable<T> {
        private final Map<Metric, Map<Labels, T>> points = new TreeMap<>();

        void add(Key key, Function<Labels, T> point) {
            try {
                Labels labels = key.labels();
                points.computeIfAbsent(key.metric, any -> new HashMap<>()).putIfAbsent(labels, point.apply(labels));
            } catch (IllegalArgumentException ignored) {
                // it has no form here; pages and API still show it
            }
        }

        void each(BiConsumer<Metric, Collection<T>> metrics) {
            points.forEach((metric, ofMetric) -> metrics.accept(metric, ofMetric.values()));
        }
    }

    private void forgetOldGauges() {
        Instant oldest = clock.instant().minus(GAUGE_LIFE);
        gauges.entrySet().removeIf(entry -> {
            boolean old = entry.getValue().at.isBefore(oldest);
            if (old) {
                seriesOfService.merge(entry.getKey().service, -1, Integer::sum);
            }
            return old;
        });
    }
}
