package dev.headroom.core.export;

import dev.headroom.catalog.Metric;
import dev.headroom.core.record.Attributes;
import dev.headroom.core.record.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one window smaller when there is nothing left to merge it with. First its histograms get fewer buckets, then the series
 * that say least are added to their metrics' overflow series. Every count and sum stays exact; what is lost is detail. Stateless.
 */
final class Coarsening {
    private static final int[] BUCKETS = {80, 40, 20, 10};

    private Coarsening() {}

    /** The window in at most so many bytes, or as few as it can be: one series for each metric. */
    static Window within(Window window, long maxBytes) {
        Window smaller = window;
        for (int i = 0; i < BUCKETS.length && bytes(smaller) > maxBytes; i++) {
            smaller = withBuckets(smaller, BUCKETS[i]);
        }
        return bytes(smaller) > maxBytes ? folded(smaller, maxBytes) : smaller;
    }

    private static long bytes(Window window) {
        WindowWeights weights = new WindowWeights();
        weights.add(window);
        return weights.bytes();
    }

    private static Window withBuckets(Window window, int buckets) {
        List<Window.Entry> entries = new ArrayList<>(window.entries().size());
        for (Window.Entry entry : window.entries()) {
            entries.add(new Window.Entry(
                    entry.metric(),
                    entry.attributes(),
                    entry.histogram().within(buckets),
                    entry.limits(),
                    entry.value()));
        }
        return new Window(window.startMillis(), window.endMillis(), entries);
    }

    /** The series with the most calls, or the largest amounts, stay by themselves as long as there is room. */
    private static Window folded(Window window, long maxBytes) {
        List<Window.Entry> ranked = new ArrayList<>(window.entries());
        ranked.sort((a, b) -> Double.compare(weight(b), weight(a)));
        Map<Metric, Window.Entry> overflow = new LinkedHashMap<>();
        List<Window.Entry> kept = new ArrayList<>();
        long bytes = 0;
        for (Window.Entry entry : ranked) {
            long more = WindowWeights.of(entry) + entry.attributes().heapBytes();
            boolean overflown = entry.attributes().equals(Attributes.OVERFLOWN);
            if (!overflown && bytes + more <= maxBytes / 2) {
                bytes += more;
                kept.add(entry);
            } else {
                Window.Entry folded = entry.with(Attributes.OVERFLOWN);
                Window.Entry before = overflow.get(entry.metric());
                overflow.put(entry.metric(), before == null ? folded : before.plus(folded));
            }
        }
        kept.addAll(overflow.values());
        return new Window(window.startMillis(), window.endMillis(), kept);
    }

    /** Gauges say where the JVM stands, are few and cannot be added: they go last. */
    private static double weight(Window.Entry entry) {
        switch (entry.metric().kind()) {
            case DURATION:
            case AMOUNT:
                return entry.histogram().count() + entry.value();
            case COUNTER:
                return entry.value();
            default:
                return Double.POSITIVE_INFINITY;
        }
    }
}
