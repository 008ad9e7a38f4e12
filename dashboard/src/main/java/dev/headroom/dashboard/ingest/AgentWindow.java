package dev.headroom.dashboard.ingest;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import dev.headroom.otlp.ExplicitHistogram;
import dev.headroom.otlp.MetricPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One numbered window of one of our agents as a batch. A histogram of durations, the exact counts at the budgets' limits and the
 * calls that were not timed, which travel beside it, become one point. Not thread-safe.
 */
final class AgentWindow {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Rejections rejections;
    private final List<Point> points = new ArrayList<>();
    private final Map<SeriesKey, LimitCounts> limits = new HashMap<>();
    private final Map<SeriesKey, Long> untimed = new LinkedHashMap<>();
    private final List<MetricPoint> durations = new ArrayList<>();
    private long startNanos = Long.MAX_VALUE;
    private long endNanos;

    private AgentWindow(Rejections rejections) {
        this.rejections = rejections;
    }

    static Batch read(
            Sender sender, Batch.Cursor cursor, List<MetricPoint> received, Instant now, Rejections rejections) {
        AgentWindow window = new AgentWindow(rejections);
        for (MetricPoint point : received) {
            @Nullable String fault = fault(point);
            if (fault == null) {
                window.add(point);
            } else {
                rejections.add(fault, 1);
            }
        }
        window.addDurations();
        Instant end = window.endNanos == 0 ? now : Nanos.instant(window.endNanos);
        Instant start = window.startNanos < window.endNanos ? Nanos.instant(window.startNanos) : end;
        return new Batch(sender, cursor, start, end, window.points);
    }

    private static @Nullable String fault(MetricPoint point) {
        boolean total = point.type() != MetricPoint.Type.GAUGE && !point.delta();
        return total ? point.metric() + " is cumulative; numbered windows carry deltas" : PointCheck.fault(point);
    }

    private void add(MetricPoint point) {
        endNanos = Math.max(endNanos, point.timeNanos());
        if (point.startNanos() > 0) {
            startNanos = Math.min(startNanos, point.startNanos());
        }
        SeriesKey key = new SeriesKey(point.metric(), point.attributes());
        switch (point.type()) {
            case SUM -> addSum(key, point.value());
            case GAUGE -> points.add(new Point(key, Value.Gauge.of(point.value())));
            case EXPONENTIAL -> durations.add(point);
            case EXPLICIT -> addLimits(point);
        }
    }

    private void addSum(SeriesKey key, double amount) {
        Metric durations = key.metric().endsWith(Metric.UNTIMED_SUFFIX)
                ? Metric.named(without(key.metric(), Metric.UNTIMED_SUFFIX))
                : null;
        if (durations != null && durations.kind() == Metric.Kind.DURATION) {
            untimed.put(new SeriesKey(durations.metricName(), key.attributes()), Math.round(amount));
        } else {
            points.add(new Point(key, new Value.Sum(amount)));
        }
    }

    private static String without(String metric, String suffix) {
        return metric.substring(0, metric.length() - suffix.length());
    }

    private void addLimits(MetricPoint point) {
        if (!point.metric().endsWith(Metric.LIMITS_SUFFIX)) {
            rejections.add(point.metric() + " has explicit buckets; agents send exponential ones", 1);
            return;
        }
        String metric = without(point.metric(), Metric.LIMITS_SUFFIX);
        ExplicitHistogram histogram = point.explicit();
        long[] nanos = new long[histogram.bounds().length];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = Math.round(histogram.bounds()[i] * NANOS_PER_SECOND);
        }
        limits.put(new SeriesKey(metric, point.attributes()), new LimitCounts(nanos, histogram.counts()));
    }

    private void addDurations() {
        for (MetricPoint point : durations) {
            SeriesKey key = new SeriesKey(point.metric(), point.attributes());
            LimitCounts counted = limits.remove(key);
            if (counted != null && counted.total() != point.exponential().count()) {
                // Limits that came in mid-window counted a part of it; a part is not exact.
                counted = null;
            }
            @Nullable Long others = untimed.remove(key);
            points.add(new Point(
                    key,
                    new Value.Distribution(
                            point.exponential(),
                            counted == null ? LimitCounts.NONE : counted,
                            0,
                            others == null ? 0 : others)));
        }
        untimed.forEach((key, calls) -> points.add(
                new Point(key, new Value.Distribution(HistogramSnapshot.EMPTY, LimitCounts.NONE, 0, calls))));
        rejections.add("counts at limits without their histogram", limits.size());
    }
}
