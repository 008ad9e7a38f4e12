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

        /** Whether it came, at least in part, in a sender's own buckets: then only counts at their bounds are known. */
        public boolean coarse() {
            return coarseError > 0;
        }

        /** Values that are surely greater than the limit. */
        public long surelyAbove(long limitNanos) {
            double seconds = limitNanos / 1e9;
            if (greatestKnown() && histogram.max() <= seconds) {
                return 0;
            }
            long above = 0;
            for (int i = limits.limits(); i > 0 && limits.limitNanos(i - 1) >= limitNanos; i--) {
                above += limits.bucket(i);
            }
            return coarse() ? above : Math.max(above, histogram.surelyAbove(seconds));
        }

        /** Values that may be greater than the limit. */
        public long possiblyAbove(long limitNanos) {
            double seconds = limitNanos / 1e9;
            if (greatestKnown() && histogram.max() <= seconds) {
                return 0;
            }
            // A coarse bucket's bound belongs to it: a nanosecond less, as "< 100 ms" travels, is taken for the same.
            long reached = coarse() ? limitNanos + 1 : limitNanos;
            long atMost = 0;
            for (int i = 0; i < limits.limits() && limits.limitNanos(i) <= reached; i++) {
                atMost += limits.bucket(i);
            }
            long above = histogram.count() - atMost;
            return coarse() ? above : Math.min(above, histogram.possiblyAbove(seconds));
        }

        /**
         * What is known of a quantile, in seconds: it lies between the two, the second included. For values in buckets of their
         * sender these are the bucket's bounds; positive infinity where it has none.
         *
         * @param q in [0, 1]
         * @return NaN twice when there are no values
         */
        public double[] quantileBetween(double q) {
            if (histogram.count() == 0) {
                return new double[] {Double.NaN, Double.NaN};
            }
            double value = histogram.quantile(q);
            if (!coarse()) {
                double error = histogram.relativeError();
                return new double[] {value * (1 - error), value * (1 + error)};
            }
            double least = histogram.min() < Double.POSITIVE_INFINITY ? histogram.min() : 0;
            double greatest = greatestKnown() ? histogram.max() : Double.POSITIVE_INFINITY;
            long rank = Math.max(1, (long) Math.ceil(q * histogram.count() - histogram.count() * 1e-14));
            long uncounted = histogram.count() - limits.total();
            double low = 0;
            double high = Double.POSITIVE_INFINITY;
            long seen = 0;
            for (int i = 0; i < limits.limits(); i++) {
                seen += limits.bucket(i);
                double bound = limits.limitNanos(i) / 1e9;
                // The values that were not counted at these bounds may all be longer, or all shorter.
                low = seen + uncounted < rank ? bound : low;
                high = seen >= rank ? Math.min(high, bound) : high;
            }
            return new double[] {Math.max(low, least), Math.max(Math.min(high, greatest), least)};
        }

        private boolean greatestKnown() {
            return histogram.max() > 0 || histogram.count() == histogram.zeroCount();
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
