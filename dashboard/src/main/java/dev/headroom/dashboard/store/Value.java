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
     * @param untimed calls that an agent counted while it read no clock; the histogram lacks them
     */
    record Distribution(HistogramSnapshot histogram, LimitCounts limits, double coarseError, long untimed)
            implements Value {
        public Distribution(HistogramSnapshot histogram, LimitCounts limits, double coarseError) {
            this(histogram, limits, coarseError, 0);
        }

        public Distribution merge(Distribution other) {
            if (histogram.count() == 0) {
                return other.withUntimed(untimed + other.untimed);
            }
            if (other.histogram.count() == 0) {
                return withUntimed(untimed + other.untimed);
            }
            return new Distribution(
                    histogram.merge(other.histogram),
                    limits.merge(other.limits),
                    Math.max(coarseError, other.coarseError),
                    untimed + other.untimed);
        }

        private Distribution withUntimed(long all) {
            return all == untimed ? this : new Distribution(histogram, limits, coarseError, all);
        }

        /** All calls, timed or not. */
        public long calls() {
            return histogram.count() + untimed;
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
