package dev.headroom.dashboard.ingest;

import dev.headroom.catalog.Metric;
import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the spans of senders that send no metrics of the same kind into the durations of routes, statements and calls. Used under
 * the sender's lock; else thread-safe.
 */
final class SpanReceiver {
    private static final Duration MOST_PAST = Duration.ofHours(24);
    private static final Duration MOST_FUTURE = Duration.ofMinutes(10);

    private final SeenSpans seen = new SeenSpans();
    private final SpanCounters counters;

    SpanReceiver(SpanCounters counters) {
        this.counters = counters;
    }

    /** What a request comes to; {@link #stored} is to be called when its batches are durable. */
    record Taken(List<Batch> batches, List<ReceivedSpan> spans, long covered, long others, long duplicates) {}

    Taken take(Sender sender, List<ReceivedSpan> spans, SenderStreams streams, Instant now, Rejections rejections) {
        Handover handover = new Handover(streams);
        SpanWindows windows = new SpanWindows();
        Set<Metric> used = EnumSet.noneOf(Metric.class);
        List<ReceivedSpan> counted = new ArrayList<>();
        Set<Long> here = new HashSet<>();
        boolean repeated = !spans.isEmpty() && seen.seenRequest(streams, spans);
        long covered = 0;
        long others = 0;
        long duplicates = 0;
        for (ReceivedSpan span : spans) {
            String fault = fault(span, now);
            if (fault != null) {
                rejections.add(fault, 1);
                continue;
            }
            SeriesKey key = SpanSeries.of(span);
            Metric metric = key == null ? null : Metric.named(key.metric());
            if (key == null || metric == null) {
                others++;
            } else if (!handover.countsSpan(metric, span.endNanos())) {
                covered++;
            } else if (repeated || !here.add(span.identity()) || seen.seen(span)) {
                duplicates++;
            } else {
                windows.add(key, span);
                used.add(metric);
                counted.add(span);
            }
        }
        long nowNanos = Nanos.of(now);
        used.forEach(metric -> handover.countedSpans(metric, nowNanos));
        if (!counted.isEmpty()) {
            seen.addRequest(streams, spans, nowNanos);
        }
        return new Taken(windows.batches(sender), counted, covered, others, duplicates);
    }

    private static @Nullable String fault(ReceivedSpan span, Instant now) {
        String fault = span.fault();
        if (fault != null) {
            return fault;
        }
        Instant end = Nanos.instant(span.endNanos());
        return end.isBefore(now.minus(MOST_PAST)) || end.isAfter(now.plus(MOST_FUTURE))
                ? "spans that ended more than a day ago or end in the future"
                : null;
    }

    void stored(Taken taken) {
        seen.add(taken.spans());
        counters.add(taken);
    }
}
