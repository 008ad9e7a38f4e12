package dev.headroom.core.record;

import dev.headroom.catalog.Metric;
import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;
import java.util.Collections;
import java.util.List;

/** What happened in {@code (startMillis, endMillis]}, a delta. Immutable and thread-safe. */
public final class Window {
    private final long startMillis;
    private final long endMillis;
    private final List<Entry> entries;

    public Window(long startMillis, long endMillis, List<Entry> entries) {
        this.startMillis = startMillis;
        this.endMillis = endMillis;
        this.entries = Collections.unmodifiableList(entries);
    }

    public long startMillis() {
        return startMillis;
    }

    public long endMillis() {
        return endMillis;
    }

    public List<Entry> entries() {
        return entries;
    }

    /** One series in a window: a histogram with its exact counts for durations, a value for the rest. */
    public static final class Entry {
        private final Metric metric;
        private final Attributes attributes;
        private final HistogramSnapshot histogram;
        private final LimitCounts limits;
        private final double value;

        public Entry(
                Metric metric, Attributes attributes, HistogramSnapshot histogram, LimitCounts limits, double value) {
            this.metric = metric;
            this.attributes = attributes;
            this.histogram = histogram;
            this.limits = limits;
            this.value = value;
        }

        /** The same data under other attributes. */
        public Entry with(Attributes other) {
            return other.equals(attributes) ? this : new Entry(metric, other, histogram, limits, value);
        }

        /** This and what the same series had later: counts, sums and counters add, a gauge keeps the later reading. */
        public Entry plus(Entry later) {
            switch (metric.kind()) {
                case DURATION:
                case AMOUNT:
                    return new Entry(
                            metric, attributes, histogram.merge(later.histogram), limits(later), value + later.value);
                case COUNTER:
                    return new Entry(metric, attributes, histogram, limits, value + later.value);
                default:
                    return new Entry(metric, attributes, histogram, limits, later.value);
            }
        }

        /** Counts at limits hold for what was timed; a side that timed nothing has no say. */
        private LimitCounts limits(Entry later) {
            if (histogram.count() == 0) {
                return later.limits;
            }
            return later.histogram.count() == 0 ? limits : limits.merge(later.limits);
        }

        public Metric metric() {
            return metric;
        }

        public Attributes attributes() {
            return attributes;
        }

        /** Seconds or amounts; empty unless the metric is one of durations or amounts. */
        public HistogramSnapshot histogram() {
            return histogram;
        }

        public LimitCounts limits() {
            return limits;
        }

        /** Amount or reading; of a metric of durations, the calls counted while no clock was read, which the histogram lacks. */
        public double value() {
            return value;
        }
    }
}
