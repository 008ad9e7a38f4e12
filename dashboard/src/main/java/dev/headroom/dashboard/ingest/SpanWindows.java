package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.histogram.ExponentialHistogram;
import dev.headroom.histogram.LimitCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Durations of spans as windows of five seconds, by when they ended. Not thread-safe. */
final class SpanWindows {
    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<Long, Map<SeriesKey, ExponentialHistogram>> windows = new TreeMap<>();

    void add(SeriesKey key, ReceivedSpan span) {
        long end = (span.endNanos() + WINDOW_NANOS - 1) / WINDOW_NANOS * WINDOW_NANOS;
        windows.computeIfAbsent(end, any -> new LinkedHashMap<>())
                .computeIfAbsent(key, any -> new ExponentialHistogram())
                .record((span.endNanos() - span.startNanos()) / NANOS_PER_SECOND);
    }

    List<Batch> batches(Sender sender) {
        List<Batch> batches = new ArrayList<>();
        windows.forEach((end, series) -> {
            List<Point> points = new ArrayList<>();
            series.forEach((key, histogram) ->
                    points.add(new Point(key, new Value.Distribution(histogram.snapshot(), LimitCounts.NONE, 0))));
            batches.add(new Batch(sender, null, Nanos.instant(end - WINDOW_NANOS), Nanos.instant(end), points));
        });
        return batches;
    }
}
