package dev.headroom.dashboard.ingest;

import dev.headroom.dashboard.store.Batch;
import dev.headroom.dashboard.store.MetricStore;
import dev.headroom.dashboard.store.Point;
import dev.headroom.dashboard.store.Sender;
import dev.headroom.dashboard.store.SeriesKey;
import dev.headroom.dashboard.store.Value;
import dev.headroom.otlp.MetricPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Senders without numbers: any OpenTelemetry SDK or collector. Their streams' last points are kept in memory and, in the
 * transaction that stores the data, on disk. Requests of one sender go one after another. Thread-safe; blocks.
 */
final class StockSenders {
    private static final int LOCKS = 64;
    private static final int MAX_IN_MEMORY = 1_000;
    private static final Duration FORGET_STREAMS = Duration.ofHours(24);

    private record Id(String service, String instance) {}

    private final MetricStore store;
    private final SeriesCap cap;
    private final IngestCounters counters;
    private final SpanReceiver spans;
    private final InstantSource clock;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];
    private final Object memoryLock = new Object();
    private final Map<Id, SenderStreams> memory = new LinkedHashMap<>(64, 0.75f, true);

    StockSenders(MetricStore store, SeriesCap cap, IngestCounters counters, SpanReceiver spans, InstantSource clock) {
        this.spans = spans;
        this.store = store;
        this.cap = cap;
        this.counters = counters;
        this.clock = clock;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    void accept(Sender sender, List<MetricPoint> points, Rejections rejections) {
        locked(sender, streams -> {
            List<Batch> batches = batches(sender, points, streams, rejections);
            if (!batches.isEmpty()) {
                store.append(batches);
            }
        });
    }

    void acceptSpans(Sender sender, List<ReceivedSpan> spans, Rejections rejections) {
        locked(sender, streams -> {
            SpanReceiver.Taken taken = this.spans.take(sender, spans, streams, clock.instant(), rejections);
            if (!taken.batches().isEmpty()) {
                List<Batch> batches = new ArrayList<>();
                taken.batches().forEach(batch -> batches.add(cap.apply(batch, rejections)));
                batches.add(states(sender, streams));
                store.append(batches);
            }
            this.spans.stored(taken);
        });
    }

    private void locked(Sender sender, Consumer<SenderStreams> work) {
        Id id = new Id(sender.service(), sender.instance());
        ReentrantLock lock = locks[Math.floorMod(id.hashCode(), LOCKS)];
        lock.lock();
        try {
            SenderStreams streams = recall(id, sender);
            work.accept(streams);
            remember(id, streams);
        } finally {
            lock.unlock();
        }
    }

    /** Taken out of memory while in use: when the store refuses, what it holds is the truth again. */
    private SenderStreams recall(Id id, Sender sender) {
        synchronized (memoryLock) {
            SenderStreams held = memory.remove(id);
            if (held != null) {
                return held;
            }
        }
        return SenderStreams.read(store.streams(sender));
    }

    private void remember(Id id, SenderStreams streams) {
        synchronized (memoryLock) {
            memory.put(id, streams);
            if (memory.size() > MAX_IN_MEMORY) {
                memory.remove(memory.keySet().iterator().next());
            }
        }
    }

    /** One batch per end of a window; the last carries the streams' states. */
    private List<Batch> batches(Sender sender, List<MetricPoint> points, SenderStreams streams, Rejections rejections) {
        Temporality temporality = new Temporality(streams);
        BelievedNames names = new BelievedNames(streams, points);
        Handover handover = new Handover(streams);
        handover.metricsCame(points);
        Map<Long, Window> windows = new TreeMap<>();
        boolean moved = false;
        for (MetricPoint point : points) {
            @Nullable String fault = PointCheck.fault(point);
            if (fault != null) {
                rejections.add(fault, 1);
                continue;
            }
            if (!names.believes(point.metric())) {
                counters.duplicatePoint();
                continue;
            }
            Temporality.Delta delta = temporality.apply(point);
            if (delta instanceof Temporality.Delta.Added && handover.coveredBySpans(point)) {
                delta = new Temporality.Delta.Baseline();
            }
            if (delta instanceof Temporality.Delta.Added added) {
                windows.computeIfAbsent(point.timeNanos(), Window::new).add(added);
                moved = true;
            } else if (delta instanceof Temporality.Delta.Baseline) {
                counters.baseline();
                moved = true;
            } else if (delta instanceof Temporality.Delta.Rejected rejected) {
                rejections.add(rejected.reason(), 1);
            } else {
                counters.duplicatePoint();
            }
        }
        List<Batch> batches = new ArrayList<>();
        for (Window window : windows.values()) {
            batches.add(cap.apply(window.batch(sender), rejections));
        }
        if (moved) {
            batches.add(states(sender, streams));
        }
        return batches;
    }

    private Batch states(Sender sender, SenderStreams streams) {
        Instant now = clock.instant();
        streams.forgetBefore(Nanos.of(now.minus(FORGET_STREAMS)));
        return new Batch(sender, null, now, now, List.of(), streams.toBytes());
    }

    /** Points that end at the same time. */
    private static final class Window {
        private final long endNanos;
        private long startNanos;
        private final Map<SeriesKey, Value> values = new LinkedHashMap<>();

        Window(long endNanos) {
            this.endNanos = endNanos;
            this.startNanos = endNanos;
        }

        void add(Temporality.Delta.Added added) {
            if (added.startNanos() > 0) {
                startNanos = Math.min(startNanos, added.startNanos());
            }
            // Streams that differ only in what we call by one name are one series.
            values.merge(added.point().key(), added.point().value(), SeriesCap::combine);
        }

        Batch batch(Sender sender) {
            List<Point> points = new ArrayList<>();
            values.forEach((key, value) -> points.add(new Point(key, value)));
            return new Batch(sender, null, Nanos.instant(startNanos), Nanos.instant(endNanos), points);
        }
    }
}
