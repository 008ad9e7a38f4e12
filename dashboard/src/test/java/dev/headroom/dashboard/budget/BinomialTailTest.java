package dev.headroom.dashboard.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class BinomialTailTest {
    /** The same tail in whole numbers: sum of C(n,i)·a^i·(d−a)^(n−i) over d^n for p = a/d. */
    private static double exact(int k, int n, int a, int d) {
        BigInteger sum = BigInteger.ZERO;
        BigInteger choose = BigInteger.ONE;
        for (int i = 0; i <= n; i++) {
            if (i >= k) {
                BigInteger term = choose.multiply(BigInteger.valueOf(a).pow(i))
                        .multiply(BigInteger.valueOf(d - a).pow(n - i));
                sum = sum.add(term);
            }
            choose = choose.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
        }
        return new BigDecimal(sum)
                .divide(new BigDecimal(BigInteger.valueOf(d).pow(n)), new MathContext(40))
                .doubleValue();
    }

    @Test
    void agreesWithWholeNumberArithmetic() {
        int[][] shares = {{1, 2}, {1, 5}, {1, 20}, {1, 100}, {1, 1000}, {95, 100}, {999, 1000}};
        for (int n : new int[] {1, 2, 3, 10, 15, 16, 17, 59, 412, 700}) {
            for (int[] share : shares) {
                for (int k = 0; k <= n + 1; k += Math.max(1, n / 23)) {
                    double expected = exact(k, n, share[0], share[1]);
                    double found = BinomialTail.atLeast(k, n, (double) share[0] / share[1]);
                    assertThat(found)
                            .as("P(X >= %d | n=%d, p=%d/%d)", k, n, share[0], share[1])
                            .isCloseTo(expected, within(expected * 1e-11 + 1e-300));
                }
            }
        }
    }

    @Test
    void tailsOfLargeNumbersAddUpToOne() {
        for (long k : new long[] {0, 1, 49_000, 50_000, 50_001, 51_000, 1_000_000}) {
            double both = BinomialTail.atMost(k - 1, 1_000_000, 0.05) + BinomialTail.atLeast(k, 1_000_000, 0.05);
            assertThat(both).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void edges() {
        assertThat(BinomialTail.atLeast(0, 0, 0.5)).isEqualTo(1);
        assertThat(BinomialTail.atLeast(1, 0, 0.5)).isZero();
        assertThat(BinomialTail.atLeast(1, 10, 0)).isZero();
        assertThat(BinomialTail.atLeast(10, 10, 1)).isEqualTo(1);
        assertThat(BinomialTail.atMost(-1, 10, 0.5)).isZero();
        assertThat(BinomialTail.atMost(10, 10, 0.5)).isEqualTo(1);
    }

    @Test
    void theTwoFigureExampleOfTheHandbook() {
        assertThat(BinomialTail.atLeast(32, 412, 0.05)).isCloseTo(0.01003, within(0.000005));
        assertThat(BinomialTail.atLeast(33, 412, 0.05)).isCloseTo(0.0058, within(0.00005));
        assertThat(BinomialTail.atLeast(5, 5, 0.05)).isCloseTo(3.125e-7, within(1e-15));
    }
}
