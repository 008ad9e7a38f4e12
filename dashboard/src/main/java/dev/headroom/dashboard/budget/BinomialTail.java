package dev.headroom.dashboard.budget;

/**
 * Exact tails of the binomial distribution.
 *
 * <p>The probability of one outcome comes from Loader's saddle-point form ("Fast and Accurate Computation of Binomial
 * Probabilities", 2000), which keeps its precision where factorials would lose it; the tail is summed outwards from there, each
 * term from the one before, so it never subtracts large numbers. Relative error below 1e-11 for n up to a million (tested against
 * whole-number arithmetic). Cost: a few times the standard deviation in steps. Stateless.
 */
final class BinomialTail {
    private static final double NEGLIGIBLE = 1e-17;

    private BinomialTail() {}

    /** P(X >= k) for X ~ Binomial(n, p). */
    static double atLeast(long k, long n, double p) {
        if (k <= 0) {
            return 1;
        }
        if (k > n || p <= 0) {
            return 0;
        }
        if (p >= 1) {
            return 1;
        }
        return k > n * p ? upwards(k, n, p) : 1 - upwards(n - k + 1, n, 1 - p);
    }

    /** P(X <= k) for X ~ Binomial(n, p). */
    static double atMost(long k, long n, double p) {
        return k < 0 ? 0 : atLeast(n - k, n, 1 - p);
    }

    /** The sum from k to n, for k at or above the mean: terms shrink from the first on. */
    private static double upwards(long k, long n, double p) {
        double odds = p / (1 - p);
        double term = 1;
        double sum = 1;
        for (long i = k; i < n; i++) {
            term *= (n - i) / (i + 1.0) * odds;
            sum += term;
            if (term < sum * NEGLIGIBLE) {
                break;
            }
        }
        return Math.min(1, probability(k, n, p) * sum);
    }

    /** P(X = k), 0 < p < 1. */
    static double probability(long k, long n, double p) {
        if (k == 0) {
            return Math.exp(n * Math.log1p(-p));
        }
        if (k == n) {
            return Math.exp(n * Math.log(p));
        }
        double exponent = stirlingError(n)
                - stirlingError(k)
                - stirlingError(n - k)
                - deviance((double) k, n * p)
                - deviance((double) (n - k), n * (1 - p));
        return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
    }

    /** log(n!) less Stirling's formula for it. */
    private static double stirlingError(long n) {
        if (n < 16) {
            double factorial = 1;
            for (int i = 2; i <= n; i++) {
                factorial *= i;
            }
            return Math.log(factorial) - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log((double) n) - n);
        }
        double nn = (double) n * n;
        return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 / nn) / nn) / nn) / nn) / n;
    }

    /** x·log(x/m) + m − x, without cancellation where x is near m. */
    private static double deviance(double x, double m) {
        if (Math.abs(x - m) >= 0.1 * (x + m)) {
            return x * Math.log(x / m) + m - x;
        }
        double v = (x - m) / (x + m);
        double sum = (x - m) * v;
        double term = 2 * x * v;
        for (int j = 1; j < 1000; j++) {
            term *= v * v;
            double next = sum + term / (2 * j + 1);
            if (next == sum) {
                return next;
            }
            sum = next;
        }
        return sum;
    }
}
