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
    // Guarded by lock, as all that is in it.
    private final Map<String, OfService> services = new HashMap<>();

    /** Of equal keys the ingest hands over always the same one, so that these look-ups compare references. */
    private static final class OfService {
        private final Map<SeriesKey, ReceivedDurations> durations = new HashMap<>();
        private final Map<SeriesKey, Double> sums = new HashMap<>();
        private final Map<String, Map<SeriesKey, Reading>> gauges = new HashMap<>();
        private int series;

        /** The key itself, or the one of the overflow series when there are too many. */
        SeriesKey admitted(Map<SeriesKey, ?> known, SeriesKey key) {
            if (known.containsKey(key)) {
                return key;
            }
            if (series >= MAX_SERIES) {
                return new SeriesKey(key.metric(), OVERFLOW);
            }
            series++;
            return key;
        }

        void forgetGaugesBefore(Instant oldest) {
            for (Map<SeriesKey, Reading> ofInstance : gauges.values()) {
                int before = ofInstance.size();
                ofInstance.values().removeIf(reading -> reading.at.isBefore(oldest));
                series -= before - ofInstance.size();
            }
            gauges.values().removeIf(Map::isEmpty);
        }
    }

    private record Reading(double value, Instant at) {}

    /** @param bounds of the classic histogram of a metric, ascending seconds */
    ReceivedTotals(Function<Metric, double[]> bounds, InstantSource clock) {
        this.bounds = bounds;
        this.clock = clock;
    }

    void add(Batch batch) {
        Instant now = clock.instant();
        synchronized (lock) {
            OfService service = services.computeIfAbsent(batch.sender().service(), any -> new OfService());
            for (Point point : batch.points()) {
                Metric metric = Metric.named(point.key().metric());
                if (metric != null) {
                    add(service, metric, point, batch.sender().instance(), now);
                }
            }
        }
    }

    private void add(OfService service, Metric metric, Point point, String instance, Instant now) {
        Value value = point.value();
        if (value instanceof Value.Distribution window) {
            service.durations
                    .computeIfAbsent(
                            service.admitted(service.durations, point.key()),
                            any -> new ReceivedDurations(bounds.apply(metric), metric.kind() == Metric.Kind.AMOUNT))
                    .add(window);
        } else if (value instanceof Value.Sum sum) {
            service.sums.merge(service.admitted(service.sums, point.key()), sum.amount(), Double::sum);
        } else if (value instanceof Value.Gauge gauge) {
            Map<SeriesKey, Reading> own = service.gauges.computeIfAbsent(instance, any -> new HashMap<>());
            SeriesKey admitted = service.admitted(own, point.key());
            Map<SeriesKey, Reading> target = admitted.attributes().equals(OVERFLOW)
                    ? service.gauges.computeIfAbsent("", any -> new HashMap<>())
                    : own;
            target.put(admitted, new Reading(gauge.last(), now));
        }
    }

    @Override
    public MetricSnapshots collect() {
        Printable<HistogramSnapshot.HistogramDataPointSnapshot> histograms = new Printable<>();
        Printable<CounterSnapshot.CounterDataPointSnapshot> counters = new Printable<>();
        Printable<GaugeSnapshot.GaugeDataPointSnapshot> readings = new Printable<>();
        synchronized (lock) {
            Instant oldest = clock.instant().minus(GAUGE_LIFE);
            services.forEach((name, service) -> {
                service.forgetGaugesBefore(oldest);
                service.durations.forEach((key, total) -> histograms.add(name, "", key, total::snapshot));
                service.sums.forEach((key, total) -> counters.add(
                        name, "", key, labels -> new CounterSnapshot.CounterDataPointSnapshot(total, labels, null, 0)));
                service.gauges.forEach((instance, ofInstance) -> ofInstance.forEach((key, reading) -> readings.add(
                        name,
                        instance,
                        key,
                        labels -> new GaugeSnapshot.GaugeDataPointSnapshot(reading.value, labels, null))));
            });
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

        void add(String service, String instance, SeriesKey key, Function<Labels, T> point) {
            Metric metric = Metric.named(key.metric());
            if (metric == null) {
                return;
            }
            try {
                Labels labels = PrometheusName.labels(service, instance, key.attributes());
                points.computeIfAbsent(metric, any -> new HashMap<>()).putIfAbsent(labels, point.apply(labels));
            } catch (IllegalArgumentException ignored) {
                // it has no form here; pages and API still show it
            }
        }

        void each(BiConsumer<Metric, Collection<T>> metrics) {
            points.forEach((metric, ofMetric) -> metrics.accept(metric, ofMetric.values()));
        }
    }
}
