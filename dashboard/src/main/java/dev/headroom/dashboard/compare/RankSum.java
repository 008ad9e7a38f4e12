package dev.headroom.dashboard.compare;

import java.util.List;

/**
 * The exact rank-sum test of Wilcoxon, Mann and Whitney: how likely it is that two groups from the same source come to lie at least
 * so far apart. It asks nothing of how the values are distributed. Stateless.
 *
 * @see <a href="https://doi.org/10.1214/aoms/1177730491">Mann and Whitney 1947, section 4, for the recurrence</a>
 */
final class RankSum {
    private RankSum() {}

    /** Two-sided, in [0, 1]; equal values count half for each side. NaN when a group is empty. */
    static double p(List<Double> before, List<Double> after) {
        int n = before.size();
        int m = after.size();
        if (n == 0 || m == 0) {
            return Double.NaN;
        }
        double wins = 0;
        for (double a : before) {
            for (double b : after) {
                wins += a < b ? 1 : a == b ? 0.5 : 0;
            }
        }
        // Half a win is rounded towards the middle: ties never make it look surer.
        int extreme = (int) Math.ceil(Math.min(wins, n * m - wins));
        double[] ways = ways(n, m);
        double all = 0;
        double asFar = 0;
        for (int u = 0; u < ways.length; u++) {
            all += ways[u];
            asFar += u <= extreme ? ways[u] : 0;
        }
        return Math.min(1, 2 * asFar / all);
    }

    /** In how many orders of the values of both groups there are u wins, for each u. */
    private static double[] ways(int n, int m) {
        double[] ways = new double[n * m + 1];
        ways[0] = 1;
        // The generating function of u is the Gaussian binomial: a product of (1 - x^(m+i)) / (1 - x^i).
        for (int i = 1; i <= n; i++) {
            for (int u = ways.length - 1; u >= m + i; u--) {
                ways[u] -= ways[u - m - i];
            }
            for (int u = i; u < ways.length; u++) {
                ways[u] += ways[u - i];
            }
        }
        return ways;
    }
}
