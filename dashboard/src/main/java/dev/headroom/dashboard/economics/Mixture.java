package dev.headroom.dashboard.economics;

import dev.headroom.histogram.HistogramSnapshot;

/**
 * Two distributions mixed in another proportion than they were seen in. Stateless.
 *
 * <p>The quantile q of the mixture is the x at which share × F₁(x) + (1 − share) × F₂(x) = q; found by halving, since both F only grow.
 */
final class Mixture {
    private static final int STEPS = 60;

    private Mixture() {}

    /**
     * @param share of the first, between 0 and 1
     * @param first and second not empty
     */
    static double quantile(double q, double share, HistogramSnapshot first, HistogramSnapshot second) {
        double low = 0;
        double high = Math.max(first.max(), second.max());
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            double below = share * below(first, middle) + (1 - share) * below(second, middle);
            if (below >= q) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static double below(HistogramSnapshot of, double value) {
        return 1 - of.possiblyAbove(value) / (double) of.count();
    }
}
