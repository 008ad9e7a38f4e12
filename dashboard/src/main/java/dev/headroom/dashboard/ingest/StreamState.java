package dev.headroom.dashboard.ingest;

import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.otlp.ExplicitHistogram;
import dev.headroom.otlp.MetricPoint;
import org.jspecify.annotations.Nullable;

/**
 * The last point of a stream, as far as the next one needs it. Immutable.
 *
 * @param startNanos as sent; 0 when not sent
 * @param value of a sum: its last total
 */
record StreamState(
        long startNanos,
        long timeNanos,
        double value,
        @Nullable HistogramSnapshot exponential,
        @Nullable ExplicitHistogram explicit) {

    /** Everything for a cumulative stream, only the time for a delta. */
    static StreamState of(MetricPoint point) {
        boolean total = !point.delta();
        return new StreamState(
                point.startNanos(),
                point.timeNanos(),
                point.value(),
                total && point.type() == MetricPoint.Type.EXPONENTIAL ? point.exponential() : null,
                total && point.type() == MetricPoint.Type.EXPLICIT ? point.explicit() : null);
    }

    StreamState withValue(double total) {
        return new StreamState(startNanos, timeNanos, total, exponential, explicit);
    }
}
