package dev.headroom.dashboard.store;

import dev.headroom.histogram.HistogramSnapshot;
import dev.headroom.histogram.LimitCounts;

/** What a series amounts to in a window; values of one kind combine without loss. Immutable. */
public sealed interface Value {
    /**
     * Durations (seconds) or sizes.
     *
     * @param limits exact counts at budget limits; {@link LimitCounts#NONE} where the sender counted none
     * @param coarseError relative error of percentiles added by a sender's explicit buckets; 0 for exponential histograms
     */
    record Distribution(HistogramSnapshot histogram, LimitCounts limits, double coarseError) implements Value {
        public Distribution merge(Distribution other) {
            if (histogram.count() == 0) {
                return other;
            }
            if (other.histogram.count() == 0) {
                return this;
            }
            return new Distribution(
                    histogram.merge(other.histogram),
                    limits.merge(other.limits),
                    Math.max(coarseError, other.coarseError));
        }

        /** Relative error of every percentile read from it. */
        public double relativeError() {
            return Math.max(histogram.relativeError(), coarseError);
        }
    }

    /** Events or amounts added in the window. */
    record Sum(double amount) implements Value {
        public Sum merge(Sum other) {
            return new Sum(amount + other.amount);
        }
    }

    /**
     * Readings of a gauge.
     *
     * @param last the newest reading
     * @param readings how many
     */
    record Gauge(double last, double min, double max, double sum, long readings) implements Value {
        public static Gauge of(double reading) {
            return new Gauge(reading, reading, reading, reading, 1);
        }

        /** This, then a later one of the same instance. */
        public Gauge then(Gauge later) {
            return new Gauge(
                    later.last,
                    Math.min(min, later.min),
                    Math.max(max, later.max),
                    sum + later.sum,
                    readings + later.readings);
        }
    }
}
