package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.otlp.ExplicitHistogram;
import dev.headroom.otlp.MetricPoint;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes deltas of what senders without numbers send, against the last point of each stream.
 *
 * <ul>
 *   <li>Deltas are taken when they begin at or after the stream's last end; what ends at or before it is a repeat; what overlaps
 *       it would count calls twice.
 *   <li>Cumulative points count by their difference to the last one. A new start, or a count that fell, is a reset: the whole
 *       point counts.
 *   <li>A cumulative stream that began long before it was first seen is taken as a baseline, for its past cannot be placed in
 *       time; unless the sender sent the same metric before without it: then it is new, and all of it was counted since.
 * </ul>
 *
 * For the points of one request. Not thread-safe.
 */
final class Temporality {
    private static final long MAX_FIRST_WINDOW_NANOS = Duration.ofMinutes(10).toNanos();

    /** What a point came to. */
    sealed interface Delta {
        /** @param startNanos begin of the time it covers */
        record Added(Point point, long startNanos) implements Delta {}

        record Repeat() implements Delta {}

        record Baseline() implements Delta {}

        record Rejected(String reason) implements Delta {}
    }

    private final SenderStreams streams;
    private final Map<String, Long> before;

    Temporality(SenderStreams streams) {
        this.streams = streams;
        this.before = streams.lastByMetric();
    }

    Delta apply(MetricPoint point) {
        StreamKey stream = StreamKey.of(point);
        StreamState last = streams.get(stream);
        if (last != null && point.timeNanos() <= last.timeNanos()) {
            return new Delta.Repeat();
        }
        if (point.delta() && last != null && point.startNanos() > 0 && point.startNanos() < last.timeNanos()) {
            return new Delta.Rejected(
                    point.metric() + " overlaps the window before it; do two processes share one service.instance.id?");
        }
        SeriesKey key = StockNames.key(point);
        double factor = StockNames.factor(key, point);
        StreamState next = StreamState.of(point);
        boolean level =
                point.type() == MetricPoint.Type.GAUGE || (point.type() == MetricPoint.Type.SUM && !point.monotonic());
        if (level) {
            double value = point.delta() && last != null ? last.value() + point.value() : point.value();
            streams.put(stream, next.withValue(value));
            return new Delta.Added(new Point(key, Value.Gauge.of(value * factor)), point.startNanos());
        }
        streams.put(stream, next);
        if (point.delta()) {
            return new Delta.Added(new Point(key, whole(point, factor)), point.startNanos());
        }
        return last == null
                ? first(point, before.getOrDefault(point.metric(), 0L), key, factor)
                : further(point, last, key, factor);
    }

    /** @param before when the sender last sent this metric: a stream that was not there then has counted since then only */
    private static Delta first(MetricPoint point, long before, SeriesKey key, double factor) {
        long length = point.timeNanos() - point.startNanos();
        boolean seenFromItsStart = point.startNanos() > 0 && length > 0 && length <= MAX_FIRST_WINDOW_NANOS;
        boolean absentBefore = before > 0 && before < point.timeNanos();
        if (!seenFromItsStart && !absentBefore) {
            return new Delta.Baseline();
        }
        return new Delta.Added(new Point(key, whole(point, factor)), Math.max(point.startNanos(), before));
    }

    private static Delta further(MetricPoint point, StreamState last, SeriesKey key, double factor) {
        boolean restarted = point.startNanos() > last.startNanos();
        if (restarted && point.startNanos() == point.timeNanos()) {
            // "Reset with unknown start": the point's value is where counting goes on from.
            return new Delta.Baseline();
        }
        Value difference = restarted ? null : difference(point, last, factor);
        if (difference == null) {
            return new Delta.Added(
                    new Point(key, whole(point, factor)), Math.max(point.startNanos(), last.timeNanos()));
        }
        return new Delta.Added(new Point(key, difference), last.timeNanos());
    }

    private static Value whole(MetricPoint point, double factor) {
        return switch (point.type()) {
            case EXPONENTIAL -> Distributions.of(point.exponential(), factor);
            case EXPLICIT -> Distributions.of(point.explicit(), factor);
            default -> new Value.Sum(point.value() * factor);
        };
    }

    /** Null for a reset. */
    private static @Nullable Value difference(MetricPoint point, StreamState last, double factor) {
        switch (point.type()) {
            case EXPONENTIAL -> {
                HistogramSnapshot before = last.exponential();
                HistogramSnapshot added = before == null ? null : HistogramDifference.of(point.exponential(), before);
                return added == null ? null : Distributions.of(added, factor);
            }
            case EXPLICIT -> {
                ExplicitHistogram before = last.explicit();
                ExplicitHistogram added = before == null ? null : HistogramDifference.of(point.explicit(), before);
                return added == null ? null : Distributions.of(added, factor);
            }
            default -> {
                return point.value() < last.value() ? null : new Value.Sum((point.value() - last.value()) * factor);
            }
        }
    }
}
