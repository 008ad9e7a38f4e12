package dev.headroom.core.record;

import dev.headroom.catalog.Metric;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All series of this JVM. Application threads ask for a series once and keep it; what the caps keep out goes to the metric's
 * overflow series, so totals stay exact.
 *
 * <p>Thread-safe; {@link #rotate} is for the one agent thread.
 */
public final class Recorder {
    /** OpenTelemetry's own default per instrument. */
    public static final int MAX_SERIES_PER_METRIC = 2_000;

    public static final int MAX_SERIES = 5_000;

    private final Clock clock;
    private final int idleWindowsToEvict;
    private final Map<Metric, MetricSlot> slots = new EnumMap<>(Metric.class);
    private final CopyOnWriteArrayList<Gauges> gauges = new CopyOnWriteArrayList<>();

    public Recorder(Clock clock, int idleWindowsToEvict) {
        this.clock = clock;
        this.idleWindowsToEvict = idleWindowsToEvict;
        for (Metric metric : Metric.values()) {
            slots.put(metric, new MetricSlot());
        }
    }

    public Clock clock() {
        return clock;
    }

    /** The series of durations with these attributes; beyond the caps, the overflow series. */
    public DurationSeries duration(Metric metric, Attributes attributes) {
        MetricSlot slot = slot(metric);
        DurationSeries series = slot.durations.get(attributes);
        if (series == null) {
            Attributes admitted = admitted(slot, attributes);
            series = slot.durations.computeIfAbsent(admitted, key -> new DurationSeries(this, slot, metric, key));
        }
        return series;
    }

    /** The counter with these attributes; beyond the caps, the overflow series. */
    public CounterSeries counter(Metric metric, Attributes attributes) {
        MetricSlot slot = slot(metric);
        CounterSeries series = slot.counters.get(attributes);
        if (series == null) {
            Attributes admitted = admitted(slot, attributes);
            series = slot.counters.computeIfAbsent(admitted, key -> new CounterSeries(this, metric, key));
        }
        return series;
    }

    private MetricSlot slot(Metric metric) {
        return Objects.requireNonNull(slots.get(metric));
    }

    private Attributes admitted(MetricSlot slot, Attributes attributes) {
        return slot.size() < MAX_SERIES_PER_METRIC && size() < MAX_SERIES ? attributes : Attributes.OVERFLOWN;
    }

    /** Series held. */
    public int size() {
        int size = 0;
        for (MetricSlot slot : slots.values()) {
            size += slot.size();
        }
        return size;
    }

    /** Adds readings that {@link #rotate} takes. */
    public void gauges(Gauges source) {
        gauges.add(source);
    }

    /** Counts durations of the metric at these limits from its next window on. */
    public void limits(Metric metric, Limits wanted) {
        slot(metric).limits = wanted;
    }

    /** Closes the window that began at {@code startMillis}: everything recorded since the last call, exactly once. */
    public Window rotate(long startMillis, long endMillis) {
        List<Window.Entry> entries = new ArrayList<>();
        for (MetricSlot slot : slots.values()) {
            for (DurationSeries series : slot.durations.values()) {
                StripedHistogram.Drained drained = series.drain();
                if (drained.histogram.count() > 0) {
                    entries.add(new Window.Entry(
                            series.metric(), series.attributes(), drained.histogram, drained.limits, 0));
                } else if (series.idleWindows() > idleWindowsToEvict) {
                    series.evicted(true);
                    slot.durations.remove(series.attributes());
                }
            }
            for (CounterSeries series : slot.counters.values()) {
                long drained = series.drain();
                if (drained != 0) {
                    entries.add(value(series.metric(), series.attributes(), (double) drained));
                } else if (series.idleWindows() > idleWindowsToEvict) {
                    series.evicted(true);
                    slot.counters.remove(series.attributes());
                }
            }
        }
        for (Gauges source : gauges) {
            source.read((metric, attributes, value) -> entries.add(value(metric, attributes, value)));
        }
        return new Window(startMillis, endMillis, entries);
    }

    private static Window.Entry value(Metric metric, Attributes attributes, double value) {
        return new Window.Entry(metric, attributes, HistogramSnapshot.EMPTY, LimitCounts.NONE, value);
    }

    void readmit(DurationSeries series) {
        DurationSeries other = slot(series.metric()).durations.putIfAbsent(series.attributes(), series);
        if (other == null) {
            series.evicted(false);
        }
    }

    void readmit(CounterSeries series) {
        CounterSeries other = slot(series.metric()).counters.putIfAbsent(series.attributes(), series);
        if (other == null) {
            series.evicted(false);
        }
    }
}
