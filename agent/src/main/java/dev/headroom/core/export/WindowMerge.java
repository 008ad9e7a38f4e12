package dev.headroom.core.export;

import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Recorder;
import dev.headroom.core.record.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two windows, one after the other, as one: counts and sums add exactly, histograms meet at the coarser scale, limits stay where
 * both counted them, gauges keep the later reading. Series beyond the recorder's caps (an outage long enough to see series come
 * and go) are added to the overflow series, so totals stay exact in bounded memory.
 */
final class WindowMerge {
    private final int maxSeriesPerMetric;
    private final int maxSeries;

    WindowMerge() {
        this(Recorder.MAX_SERIES_PER_METRIC, Recorder.MAX_SERIES + Recorder.MAX_SERIES_OF_REQUESTS);
    }

    WindowMerge(int maxSeriesPerMetric, int maxSeries) {
        this.maxSeriesPerMetric = maxSeriesPerMetric;
        this.maxSeries = maxSeries;
    }

    Window merge(Window earlier, Window later) {
        Map<Metric, Map<Attributes, Window.Entry>> merged = new LinkedHashMap<>();
        int size = 0;
        for (Window window : new Window[] {earlier, later}) {
            for (Window.Entry entry : window.entries()) {
                Map<Attributes, Window.Entry> series =
                        merged.computeIfAbsent(entry.metric(), metric -> new LinkedHashMap<>());
                Attributes attributes = entry.attributes();
                if (!series.containsKey(attributes) && (series.size() >= maxSeriesPerMetric || size >= maxSeries)) {
                    attributes = Attributes.OVERFLOWN;
                }
                Window.Entry known = series.get(attributes);
                if (known == null) {
                    size++;
                }
                series.put(attributes, known == null ? entry.with(attributes) : known.plus(entry));
            }
        }
        List<Window.Entry> entries = new ArrayList<>(size);
        for (Map<Attributes, Window.Entry> series : merged.values()) {
            entries.addAll(series.values());
        }
        return new Window(earlier.startMillis(), later.endMillis(), entries);
    }
}
