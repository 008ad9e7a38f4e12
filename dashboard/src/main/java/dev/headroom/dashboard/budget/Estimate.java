package dev.headroom.dashboard.budget;

import dev.headroom.histogram.HistogramSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A value and the two-sided interval that holds the truth with the asked confidence.
 *
 * @param low NaN where no interval is known: such a value can warn, never fail
 * @param method how the interval was found, for the sentence
 */
public record Estimate(double value, double low, double high, String method) {
    private static final int RESAMPLES = 1000;
    /** Fewer slices say too little about how much they differ. */
    private static final int FEWEST_SLICES = 6;
    /** Of the random choice of slices: the same data always give the same interval. */
    private static final long SEED = 20_261_121;

    /** What a slice of time adds: to the sum of values and the number of events, or to the number of events and the seconds. */
    public record Sample(double over, double under) {}

    static Estimate point(double value) {
        return new Estimate(value, Double.NaN, Double.NaN, "point values");
    }

    /** The interval between two of the ordered values, free of any assumption about how they are distributed. */
    public static Estimate quantile(HistogramSnapshot histogram, double q, double confidence) {
        long n = histogram.count();
        if (n == 0) {
            return point(Double.NaN);
        }
        double doubt = (1 - confidence) / 2;
        double value = histogram.quantile(q);
        long below = lastRankWith(n, q, doubt);
        long above = firstRankWith(n, q, doubt);
        double error = histogram.relativeError();
        double low = below < 1 ? 0 : ranked(histogram, below) * (1 - error);
        double high = above > n ? Double.POSITIVE_INFINITY : ranked(histogram, above) * (1 + error);
        return new Estimate(value, low, high, "order statistics");
    }

    /** Clopper and Pearson's exact interval of a share. */
    public static Estimate share(long k, long n, double confidence) {
        if (n == 0) {
            return point(Double.NaN);
        }
        double doubt = (1 - confidence) / 2;
        double low = k == 0 ? 0 : solve(p -> BinomialTail.atLeast(k, n, p) - doubt);
        double high = k == n ? 1 : solve(p -> doubt - BinomialTail.atMost(k, n, p));
        return new Estimate((double) k / n, low, high, "Clopper-Pearson");
    }

    /**
     * The sum over all slices' numerators by that of their denominators, and the interval that such quotients of slices drawn at
     * random with replacement fall into (Efron's percentile bootstrap, widened by what few slices understate).
     */
    static Estimate resampled(List<Sample> slices, double confidence) {
        double over = 0;
        double under = 0;
        for (Sample slice : slices) {
            over += slice.over;
            under += slice.under;
        }
        double value = over / under;
        int k = slices.size();
        if (k < FEWEST_SLICES || !Double.isFinite(value)) {
            return point(value);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        double[] drawn = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double a = 0;
            double b = 0;
            for (int j = 0; j < k; j++) {
                Sample slice = slices.get(random.nextInt(k));
                a += slice.over;
                b += slice.under;
            }
            drawn[i] = b > 0 ? a / b : value;
        }
        Arrays.sort(drawn);
        int cut = (int) Math.floor((1 - confidence) / 2 * RESAMPLES);
        double wider = Math.sqrt(k / (k - 1.0));
        double low = value - (value - drawn[cut]) * wider;
        double high = value + (drawn[RESAMPLES - 1 - cut] - value) * wider;
        return new Estimate(value, Math.max(0, low), high, "bootstrap over " + k + " slices of time");
    }

    /** Totals of which no slices were kept, taken as they are. */
    static Estimate asKept(Sample total) {
        double value = total.over / total.under;
        return new Estimate(value, value, value, "a total taken as it is");
    }

    private static double ranked(HistogramSnapshot histogram, long rank) {
        return histogram.quantile((rank - 0.5) / histogram.count());
    }

    /** The largest rank r whose value lies above the quantile with at most the given probability: P(X < r) small. */
    private static long lastRankWith(long n, double q, double doubt) {
        long low = 0;
        long high = n;
        while (low < high) {
            long middle = (low + high + 1) / 2;
            if (BinomialTail.atMost(middle - 1, n, q) <= doubt) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The smallest rank r whose value lies below the quantile with at most the given probability: P(X >= r) small. */
    private static long firstRankWith(long n, double q, double doubt) {
        long low = 1;
        long high = n + 1;
        while (low < high) {
            long middle = (low + high) / 2;
            if (BinomialTail.atLeast(middle, n, q) <= doubt) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The root in (0, 1) of a rising function. */
    private static double solve(java.util.function.DoubleUnaryOperator rising) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (rising.applyAsDouble(middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
